# Toolchain: Debian's aarch64 cross compiler and a sysroot made by test/aarch64/fetch.sh
#   cmake -B build/aarch64 -DCMAKE_TOOLCHAIN_FILE=cmake/aarch64.cmake -DNETJAIL_SYSROOT=/path/to/sysroot
# NETJAIL_CROSS_FLAGS: more flags; CMAKE_C_FLAGS would replace those that are set here.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES NETJAIL_SYSROOT NETJAIL_CROSS_FLAGS)
set(CMAKE_SYSROOT ${NETJAIL_SYSROOT})
# The compiler's own /usr/aarch64-linux-gnu/include (libc6-dev-arm64-cross) would come first.
set(CMAKE_C_FLAGS_INIT "-isystem ${NETJAIL_SYSROOT}/usr/include/aarch64-linux-gnu \
-isystem ${NETJAIL_SYSROOT}/usr/include ${NETJAIL_CROSS_FLAGS}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# The host's pkg-config program, but no library of the host.
set(ENV{PKG_CONFIG_PATH} "")
set(ENV{PKG_CONFIG_LIBDIR}
  ${NETJAIL_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${NETJAIL_SYSROOT}/usr/share/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${NETJAIL_SYSROOT})
