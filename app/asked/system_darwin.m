#import <AppKit/AppKit.h>
#import <objc/runtime.h>

extern void ledeAskedFor(char *path); // system_darwin.go

// openURLs becomes -application:openURLs: of GLFW's delegate. AppKit calls it with
// what was double-clicked, dropped on the icon in the Dock or given to "open", both at
// the start (within glfwInit, which runs the application until it has launched) and
// later.
static void openURLs(id self, SEL _cmd, NSApplication *application, NSArray<NSURL *> *urls) {
    for (NSURL *url in urls) {
        const char *path = [url isFileURL] ? [[url path] UTF8String] : NULL;
        if (path != NULL) {
            ledeAskedFor((char *)path);
        }
    }
}

// ledeHearSystem adds the method to the class, of which GLFW makes its delegate later.
// It says 0 if there is no such class, or if the class has such a method of its own.
int ledeHearSystem(void) {
    @autoreleasepool {
        // AppKit would take the arguments for files to open as well; they are ours.
        [[NSUserDefaults standardUserDefaults] registerDefaults:@{@"NSTreatUnknownArgumentsAsOpen" : @"NO"}];
        Class delegate = objc_getClass("GLFWApplicationDelegate");
        return delegate != Nil && class_addMethod(delegate, @selector(application:openURLs:), (IMP)openURLs, "v@:@@");
    }
}
