# Writes the table of catalogs: cmake -DMSGFMT=PROGRAM -DOUT=FILE.c -P catalogs.cmake FILE.po...
# msgfmt compiles each and checks it; its bytes and its plural rule, which is an expression of C,
# go into the source.
set(bodies "")
set(rows "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(at RANGE ${last})
  set(po "${CMAKE_ARGV${at}}")
  if(NOT po MATCHES "\\.po$")
    continue()
  endif()
  get_filename_component(language "${po}" NAME_WE)
  execute_process(COMMAND ${MSGFMT} --check-format --check-domain --endianness=little --output-file=${OUT}.mo ${po}
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "msgfmt refuses ${po}")
  endif()
  file(READ ${OUT}.mo bytes HEX)
  file(REMOVE ${OUT}.mo)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  file(READ ${po} text)
  if(NOT text MATCHES "[ ;]plural=([^;\"]*);")
    message(FATAL_ERROR "${po} does not say its plural forms on one line")
  endif()
  string(APPEND bodies "static const unsigned char bytes_${language}[] = {${bytes}};\n"
    "static unsigned long plural_${language}(unsigned long n)\n{\n\t(void)n;\n\treturn ${CMAKE_MATCH_1};\n}\n\n")
  string(APPEND rows "\t{\"${language}\", bytes_${language}, sizeof bytes_${language}, plural_${language}},\n")
endforeach()
file(WRITE ${OUT} "#include \"catalog.h\"\n\n${bodies}const struct catalog catalogs[] = {\n${rows}\t{0},\n};\n")
