# Two commands do all the set-up: `make run` (the main job) and `make test` (what the tests need, and the tests).
.DEFAULT_GOAL := help
.PHONY: help run test lint format models reader calibration eval bench bench-chat bench-library bench-lexical bench-fusion bench-readers bench-peers bench-http docs picture snapshots chat-terminal page-pictures chromium clean

PYTHON ?= python3
BIN := .venv/bin
SAMPLE := build/sample-library
TRAINING_DATA ?= ../shared/data/reader
TRAINING_OUT ?= build/reader
SIZES ?= 10k,100k,1M

help: ## Show these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: .venv/installed ## Set up, read the sample articles and answer a question from them
	@$(BIN)/pullquote --library $(SAMPLE) add seeds
	@$(BIN)/pullquote --library $(SAMPLE) ask "when does the truce end?"

test: .venv/installed-dev chromium ## Set up what the tests need and run them all
	$(BIN)/python -m pytest -q

lint: .venv/installed-dev ## Check style, types, arrows between packages, and that the references are current
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

format: .venv/installed-dev ## Format the code and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

models: .venv/installed-dev ## Build the embedder again from its published weights; the reader from READER_WEIGHTS=DIR
	$(BIN)/python -m rag.training.export embedder
	$(if $(READER_WEIGHTS),$(BIN)/python -m rag.training.export reader --weights $(READER_WEIGHTS))

reader: .venv/installed-dev ## Train the reader on TRAINING_DATA, starting from READER_INIT if given, and ship it
	$(BIN)/python -m rag.training.reader --data $(TRAINING_DATA) --out $(TRAINING_OUT) \
	  $(if $(READER_INIT),--plan negatives --init $(READER_INIT))
	$(BIN)/python -m rag.training.export reader --weights $(TRAINING_OUT)/$(if $(READER_INIT),negatives,follow_ups)
	$(BIN)/python -m rag.training.calibration --data $(TRAINING_DATA)
	$(BIN)/python -m rag.training.reader_card --data $(TRAINING_DATA)

calibration: .venv/installed-dev ## Fit the confidence again for the shipped reader
	$(BIN)/python -m rag.training.calibration --data $(TRAINING_DATA)
	$(BIN)/python -m rag.training.reader_card --data $(TRAINING_DATA)

eval: .venv/installed-dev ## Measure the answers on all question sets, TRAINING_DATA's too, and write docs/quality.md
	$(BIN)/python -m rag.evaluation.quality --reports build/eval --data $(TRAINING_DATA) --out docs/quality.md

bench: .venv/installed-dev ## Measure speed and size, side by side; reading too with READER_WEIGHTS=DIR
	$(BIN)/python -m tests.benchmarks $(if $(READER_WEIGHTS),--reader-weights $(READER_WEIGHTS))

bench-chat: .venv/installed-dev ## Measure the chat: first frame, ready, added time, memory, stalls
	$(BIN)/python -m tests.benchmarks.chat

bench-library: .venv/installed-dev ## Measure libraries of SIZES passages; beside haystack and txtai where build/peers stands
	$(BIN)/python -m tests.benchmarks.library --sizes $(SIZES) --data $(TRAINING_DATA)

bench-lexical: build/peers/installed ## Measure lexical search beside SQLite FTS5, bm25s and tantivy
	build/peers/bin/python -m tests.benchmarks.lexical

bench-fusion: .venv/installed-dev ## Measure recall of dense, lexical and fused search, and of the words' stems, on TRAINING_DATA and our own questions
	$(BIN)/python -m tests.benchmarks.fusion --data $(TRAINING_DATA)
	$(BIN)/python -m tests.benchmarks.stems --data $(TRAINING_DATA)

bench-readers: build/peers/installed ## Measure reading beside haystack and txtai, all with the weights in READER_WEIGHTS=DIR
	build/peers/bin/python -m tests.benchmarks.peer_readers --reader-weights $(READER_WEIGHTS)

bench-peers: build/peers/installed ## Measure whole pipelines beside haystack and txtai, with READER_WEIGHTS=DIR and EMBEDDER_WEIGHTS=DIR
	build/peers/bin/python -m tests.benchmarks.peers --reader-weights $(READER_WEIGHTS) --embedder-weights $(EMBEDDER_WEIGHTS)

bench-http: build/peers/installed ## Load the HTTP server; beside txtai's with READER_WEIGHTS=DIR and EMBEDDER_WEIGHTS=DIR
	build/peers/bin/python -m tests.benchmarks.http \
	  $(if $(READER_WEIGHTS),--reader-weights $(READER_WEIGHTS) --embedder-weights $(EMBEDDER_WEIGHTS))

docs: .venv/installed-dev ## Write the references again from the code
	$(BIN)/python docs/generate.py

picture: .venv/installed-dev ## Draw the README's pictures from a real answer and the real chat
	$(BIN)/python docs/picture.py
	$(BIN)/python docs/chat_picture.py

page-pictures: .venv/installed-dev chromium ## Take the pictures of the page in docs/ from the real page; look at them before they are committed
	$(BIN)/python docs/page_pictures.py

chromium:
	@command -v chromium >/dev/null || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium, in which the page is tested." >&2; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "The page is tested in Chromium: install the package chromium (apt-get install chromium), then try again." >&2; exit 1; fi

snapshots: .venv/installed-dev ## Draw anew what every state of the chat looks like; look at what changed before it is committed
	-RENEW_SNAPSHOTS=1 $(BIN)/python -m pytest -q -p no:randomly tests/application/chat/test_snapshots.py
	git diff --stat tests/snapshots

chat-terminal: .venv/installed-dev ## Run the chat in tmux, which must be there, from start to answer to article to quit
	$(BIN)/python -m tests.application.chat.in_tmux

clean: ## Remove everything that was set up or built here
	rm -rf .venv build

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pullquote needs Python 3.11 or newer; name one: make run PYTHON=python3.12")'
	@echo "Setting up .venv; the first time takes a few minutes." >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Setting up what the tests need." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

build/peers/installed: pyproject.toml constraints.txt tests/benchmarks/peers.txt
	@echo "Setting up the readers of others." >&2
	@$(PYTHON) -m venv build/peers
	@build/peers/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --requirement tests/benchmarks/peers.txt
	@touch $@
