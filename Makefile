# The two commands are ./run and ./test; here is the rest. `make help` lists it.
.PHONY: help run test test-fast crash asan tsan lint format bench fuzz access messages clean
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
run: ## build and serve the demo (./run)
	./run
test: ## every test (./test)
	./test
test-fast: ## the tests that need neither a browser nor PostgreSQL: about a minute after a build
	./test fast
crash: ## 100 power failures on SQLite, full disks, crashes of PostgreSQL: nothing promised may be lost
	tools/setup test && tools/build test birge crash_load && tests/crash/run.py
asan: ## unit tests under the address and undefined-behaviour sanitizers
	tools/setup test && tools/build asan unit_tests && build/asan/unit_tests --gtest_brief=1
tsan: ## unit tests under the thread sanitizer
	tools/setup test && tools/build tsan unit_tests && build/tsan/unit_tests --gtest_brief=1
lint: ## clang-tidy over everything, and the format
	tools/setup lint && tools/lint
format: ## lay out the sources as .clang-format says
	git ls-files 'src/*.cpp' 'src/*.hpp' | xargs clang-format-14 -i
bench: ## measure the promises (bench/RESULTS.md says how to read them)
	tools/setup bench && tools/build test birge && bench/run
fuzz: ## each fuzz target for a minute
	tools/setup lint && tools/build fuzz fuzz && tools/fuzz
access: ## write docs/access.md: who may do what
	tools/setup test && tools/build test unit_tests && BIRGE_WRITE_DOCS=1 build/test/unit_tests --gtest_filter='AccessPage.*' --gtest_brief=1
messages: ## collect the texts for translators into locale/
	tools/messages
clean: ## remove what was built (the data in var/ stays)
	rm -rf build
