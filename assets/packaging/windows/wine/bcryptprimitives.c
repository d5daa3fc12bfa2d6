// Wine before 8.12 lacks bcryptprimitives.dll, from which Go takes its random numbers.
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); // RtlGenRandom

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T n) {
    return SystemFunction036(bytes, (ULONG)n);
}
