# Everything goes into .venv; nothing of yours is removed or changed.

PYTHON ?= python3
SAMPLE := data/sample
TRANSLATION := data/translation
# Ignored by git.
MADE := build/demo
BIN := .venv/bin
# A new stamp whenever what has to be installed changes; the same one otherwise.
WANTED := $(shell cat pyproject.toml constraints.txt | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq -c constraints.txt

.PHONY: help demo test quality
.DELETE_ON_ERROR:

help:
	@echo "make demo     install songngu into .venv and run it on $(SAMPLE)"
	@echo "make test     install what the tests need into .venv and run them"
	@echo "make quality  measure the sample against its gold and the floors of benchmarks/"
	@echo "Needs Python 3.11 or newer; another one than python3: make demo PYTHON=python3.12"

demo: .venv/.songngu-align-$(WANTED)
	@$(BIN)/songngu build $(SAMPLE)
	@mkdir -p $(MADE)
	@echo
	@echo "The glossary for other tools, with what nobody has reviewed yet:"
	@$(BIN)/songngu export po $(SAMPLE) --include-unreviewed -o $(MADE)/glossary.po
	@$(BIN)/songngu export tbx $(SAMPLE) --include-unreviewed -o $(MADE)/glossary.tbx
	@ls $(MADE)/glossary.po $(MADE)/glossary.tbx
	@echo
	@echo "A translation with planted errors, checked against its glossary:"
	@$(BIN)/songngu -C $(TRANSLATION) check || test $$? = 1
	@echo
	@echo "What to type next:"
	@echo "  $(BIN)/songngu review $(SAMPLE)   decide on the candidates, in the terminal"
	@echo "  $(BIN)/songngu mine $(SAMPLE)     all candidates, best first"
	@echo "  $(BIN)/songngu beads $(SAMPLE)    the aligned sentences they come from"
	@echo "  $(BIN)/songngu terms $(SAMPLE)    which terms are translated in more than one way"
	@echo "  $(BIN)/songngu init my-project    a project of your own"
	@echo "  $(BIN)/songngu --help             everything else"

test: .venv/.songngu-test-$(WANTED)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2

quality: .venv/.songngu-align-$(WANTED)
	$(BIN)/python benchmarks/quality.py --check

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "songngu needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv

.venv/.songngu-align-$(WANTED): | $(BIN)/pip
	@echo "Installing songngu into .venv (once, a few minutes) ..." >&2
	@$(PIP) -e '.[align]'
	@touch $@

# The tests' install holds that of the demo, so its stamp serves both.
.venv/.songngu-test-$(WANTED): | $(BIN)/pip
	@echo "Installing songngu and what its tests need into .venv (once, several minutes) ..." >&2
	@$(PIP) -e '.[test]'
	@touch $@ .venv/.songngu-align-$(WANTED)
