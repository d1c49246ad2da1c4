# Compiler flags of netjail's own code, each tried before it is used (test victims do not get them)
include(CheckCCompilerFlag)

add_library(nj_flags INTERFACE)
# -iquote, not -I: <net/if.h> must never find our net/ folder.
target_compile_options(nj_flags INTERFACE -iquote ${CMAKE_SOURCE_DIR} -D_GNU_SOURCE)

function(netjail_flag flag)
  string(MAKE_C_IDENTIFIER "have${flag}" var)
  check_c_compiler_flag("${flag}" ${var})
  if(${var})
    target_compile_options(nj_flags INTERFACE "${flag}")
  endif()
endfunction()

foreach(flag -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
    -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wcast-align -Wwrite-strings -Wundef -Wvla
    -Walloca -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum -Wnull-dereference
    -Wdouble-promotion -Wdate-time -Wlogical-op -Wduplicated-cond -Wduplicated-branches
    -Wtrampolines)
  netjail_flag(${flag})
endforeach()

if(NETJAIL_WERROR)
  target_compile_options(nj_flags INTERFACE -Werror)
endif()

if(NETJAIL_HARDEN)
  target_compile_options(nj_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  foreach(flag -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero
      -fcf-protection=full -mbranch-protection=standard)
    netjail_flag(${flag})
  endforeach()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  target_link_options(nj_flags INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES C)
endif()

if(NETJAIL_SANITIZE)
  target_compile_options(nj_flags INTERFACE -fsanitize=${NETJAIL_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(nj_flags INTERFACE -fsanitize=${NETJAIL_SANITIZE})
endif()

if(NETJAIL_COVERAGE)
  target_compile_options(nj_flags INTERFACE --coverage)
  target_link_options(nj_flags INTERFACE --coverage)
endif()
