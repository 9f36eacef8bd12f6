# What lives in the binary besides code: migrations, catalogues, country packs and what browsers load.
set(embedded_arguments)
set(embedded_dependencies ${CMAKE_SOURCE_DIR}/tools/embed)
function(birge_embed file name)
  set(embedded_arguments ${embedded_arguments} ${file} ${name} PARENT_SCOPE)
  set(embedded_dependencies ${embedded_dependencies} ${file} PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE plain CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  ${CMAKE_SOURCE_DIR}/db/migrations/*.sql ${CMAKE_SOURCE_DIR}/countries/*)
foreach(name ${plain})
  birge_embed(${CMAKE_SOURCE_DIR}/${name} ${name})
endforeach()

find_program(MSGFMT msgfmt REQUIRED)
file(GLOB catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/locale/*.po)
foreach(catalogue ${catalogues})
  get_filename_component(language ${catalogue} NAME_WE)
  set(compiled ${CMAKE_BINARY_DIR}/locale/${language}.mo)
  add_custom_command(OUTPUT ${compiled} COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/locale
    COMMAND ${MSGFMT} --check-format -o ${compiled} ${catalogue} DEPENDS ${catalogue} VERBATIM)
  birge_embed(${compiled} locale/${language}.mo)
endforeach()

# The stylesheet and the islands are bundled and minified by esbuild.
find_program(ESBUILD esbuild REQUIRED)
file(GLOB web_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.css ${CMAKE_SOURCE_DIR}/web/*.ts ${CMAKE_SOURCE_DIR}/web/*/*.css ${CMAKE_SOURCE_DIR}/web/*/*.ts)
file(GLOB web_entries CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.css ${CMAKE_SOURCE_DIR}/web/*.ts)
foreach(entry ${web_entries})
  get_filename_component(stem ${entry} NAME_WE)
  get_filename_component(ending ${entry} LAST_EXT)
  string(REPLACE ".ts" ".js" ending ${ending})
  set(bundled ${CMAKE_BINARY_DIR}/web/${stem}${ending})
  add_custom_command(OUTPUT ${bundled} COMMAND ${ESBUILD} ${entry} --bundle --minify --charset=utf8 --log-level=warning --outfile=${bundled}
    DEPENDS ${web_sources} VERBATIM)
  birge_embed(${bundled} web/${stem}${ending})
endforeach()
file(GLOB web_static CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/web/static/*)
foreach(name ${web_static})
  get_filename_component(leaf ${name} NAME)
  birge_embed(${CMAKE_SOURCE_DIR}/${name} web/${leaf})
endforeach()

add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/embedded.cpp
  COMMAND ${CMAKE_SOURCE_DIR}/tools/embed ${CMAKE_BINARY_DIR}/embedded.cpp ${embedded_arguments}
  DEPENDS ${embedded_dependencies} VERBATIM)
add_library(embedded STATIC ${CMAKE_BINARY_DIR}/embedded.cpp)
target_link_libraries(base PUBLIC embedded)
