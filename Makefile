# Two commands: `make book` builds the site, `make test` proves it. Both set
# up what they need in .venv; `make help` lists the rest. README.md has the
# plain pip, jupyter-book and pytest commands.
#
# Works with make 3.81 (macOS) and any POSIX sh.
#   PYTHON=python3.12   the Python to use; without it the first one that fits
#   PORT=8000           where `make serve` starts to look for a free port
#   TORCH=any           accept PyPI's PyTorch, with CUDA, if there is no other

PYTHON ?=
IN_VENV = .venv/bin/python

export TORCH

.PHONY: book test lint upgrade bench bench-site mutants experiments clear archive pdf serve lab torch set-repo set-up clean help

book: set-up
	@$(IN_VENV) tools/build_book.py

test: set-up
	@$(IN_VENV) tools/run_tests.py

lint: set-up
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) tools/lint_notebooks.py

bench: set-up
	@$(IN_VENV) -m benchmarks.engine

bench-site: book
	@$(IN_VENV) -m benchmarks.live_page
	@$(IN_VENV) -m benchmarks.workbench

EXPERIMENTS = $(basename $(notdir $(wildcard experiments/[!_]*.py)))

experiments: set-up
	@$(IN_VENV) -m experiments run $(or $(NAME),$(EXPERIMENTS)) -j $(or $(J),1)

clear: set-up
	@$(IN_VENV) tools/lint_notebooks.py --clear

archive: book
	@$(IN_VENV) tools/archive.py

pdf: book
	@$(IN_VENV) tools/make_pdf.py

serve: book
	@$(IN_VENV) tools/serve.py $(PORT)

# the notebooks for readers; what a reader has changed there stays
lab: book
	@mkdir -p lab && for chapter in _build/notebooks/*.ipynb; do \
	    test -e "lab/$$(basename "$$chapter")" || cp "$$chapter" lab; done
	@$(IN_VENV) -m jupyterlab lab

torch:
	@python=`sh tools/find_python.sh "$(PYTHON)"` && \
	    "$$python" tools/set_up.py torch

upgrade: set-up
	@$(IN_VENV) tools/upgrade.py $(UPGRADE)

set-repo: set-up
	@$(IN_VENV) tools/repository.py "$(URL)"

set-up:
	@python=`sh tools/find_python.sh "$(PYTHON)"` && \
	    "$$python" tools/set_up.py

clean:
	rm -rf _build

help:
	@echo "make book       build the site into _build/html"
	@echo "make test       lint, tests, notebooks, site in a browser"
	@echo "make lint       ruff and the notebook rules"
	@echo "make bench      time and memory of the engine, some minutes"
	@echo "make bench-site seconds and bytes of the site, beside its budgets"
	@echo "make mutants    plant faults in the engine and see whether the tests"
	@echo "                notice, half an hour; MUTANTS=--again: the survivors"
	@echo "make experiments"
	@echo "                train again what the chapters read from"
	@echo "                book/results, some hours; NAME=adding_rnn: one;"
	@echo "                J=2: so many at a time. What is finished stays"
	@echo "make clear      remove stored outputs from the notebooks"
	@echo "make archive    one zip of the site, for any static server"
	@echo "make pdf        the book as one PDF, to print or to read anywhere"
	@echo "make serve      build the site and serve it on this machine"
	@echo "make lab        open the chapters in JupyterLab, as notebooks for"
	@echo "                readers, copied to lab/; your changes stay there"
	@echo "make torch      look for a CPU build of PyTorch again"
	@echo "make set-repo URL=https://github.com/NAME/REPO"
	@echo "                write the repository's address where it belongs"
	@echo "make upgrade    test the newest versions allowed, in another folder;"
	@echo "                UPGRADE=--keep: and keep them, if all passes"
	@echo "make clean      remove what was built (keeps .venv)"
