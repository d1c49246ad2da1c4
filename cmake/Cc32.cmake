# 32-bit programs of the tests: CC32 is what compiles them, empty where nothing can
# netjail_program32(TARGET NAME SOURCES...): a static one, built plain like the victims
set(NETJAIL_CC32 "" CACHE STRING "Command that makes static 32-bit programs; empty: CC -m32")

if(NETJAIL_CC32)
  separate_arguments(CC32 UNIX_COMMAND "${NETJAIL_CC32}")
else()
  # libc6-dev-i386 has no <asm/> of its own (gcc-multilib would, see script/setup)
  set(CC32 ${CMAKE_C_COMPILER} -m32 -idirafter /usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
endif()
list(APPEND CC32 -static -D_GNU_SOURCE)
execute_process(
  COMMAND ${CC32} -o /dev/null ${CMAKE_SOURCE_DIR}/test/victims/connect_tcp.c
  RESULT_VARIABLE cc32_failed OUTPUT_QUIET ERROR_QUIET)
if(cc32_failed)
  message(STATUS "No 32-bit programs: ${CMAKE_C_COMPILER} -m32 -static does not work here")
  set(CC32 "")
endif()

function(netjail_program32 target name)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${name})
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ REGEX "^[^/]")
  file(GLOB headers CONFIGURE_DEPENDS *.h */*.h ${CMAKE_SOURCE_DIR}/test/victims/*.h)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CC32} -O1 -g -Wall -Wextra -pthread -o ${out} ${ARGN}
    DEPENDS ${ARGN} ${headers}
    VERBATIM)
  add_custom_target(${target} ALL DEPENDS ${out})
endfunction()
