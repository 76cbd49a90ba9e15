# Every command of the project. `make` alone prints this list.

PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
# pytest workers: one more than the two cores this is meant for, because half of the tests wait for a bot.
WORKERS ?= 3
PYTEST  = CADRAGE_CHROMIUM="$$(sh tools/chromium.sh --print)" $(RUN) -m pytest -n $(WORKERS) --dist loadgroup
# Packages that ship, and everything ruff looks at.
PACKAGES := bot flows storage sandbox

.DEFAULT_GOAL := help
.PHONY: help demo environment chromium office format check test coverage bench faults rhythm anonymity example story screenshots samples preview \
        map requirements wheel image clean

help:  ## Show this list
	@printf 'Cadrage. What you can do here:\n\n'
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort -s -t: -k1,1 \
	  | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'
	@printf '\nFirst time here: make demo. Before a commit: make check test.\n'

demo: $(VENV)/run.stamp  ## Open the pretend Slack with the example company, ready to play with
	@$(RUN) -m bot demo $(DEMO)

$(VENV)/run.stamp: requirements.txt tools/environment.py
	@$(PYTHON) tools/environment.py $(VENV) requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt tools/environment.py
	@$(PYTHON) tools/environment.py $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

environment: $(VENV)/dev.stamp  ## Make .venv with everything development needs

chromium:
	@sh tools/chromium.sh

office:
	@sh tools/office.sh

format: $(VENV)/dev.stamp  ## Rewrite the code in the project's format
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

check: $(VENV)/dev.stamp  ## Format, lint, types, import contracts, content, catalogues, requirement files
	@sh tools/check.sh

# The core is measured by its own tests, to the last branch; measuring it in all the others would nearly double
# the time they take.
test: $(VENV)/dev.stamp chromium office  ## All tests, with PostgreSQL and Chromium; sets up all it needs
ifdef TEST
	@$(PYTEST) $(TEST)
else
	@$(PYTEST) tests --ignore=tests/flows
	@$(PYTEST) tests/flows --cov=flows --cov-branch --cov-fail-under=100 --cov-report=term-missing:skip-covered
endif

bench: $(VENV)/dev.stamp  ## Turns per second, latency and memory, beside the floor, as a table
	@$(RUN) -m benchmarks $(BENCH)

faults: $(VENV)/dev.stamp  ## Kill the bot under load with a faulty Slack, and count what is lost or doubled
	@$(RUN) -m tests.faults $(FAULTS)

rhythm: $(VENV)/dev.stamp  ## Two simulated years of the calendar in every time zone of the world
	@CADRAGE_RHYTHM=all $(PYTEST) tests/storage/test_rhythm.py

anonymity: $(VENV)/dev.stamp  ## Attack the anonymous answers at full length: 1,000 waves, 5,000 groups over half a year
	@CADRAGE_ANONYMITY=all $(PYTEST) tests/flows/test_secrecy.py tests/flows/test_wave.py tests/storage/test_waves.py \
	  tests/storage/test_anonymity.py tests/storage/test_anonymity_in_time.py --durations=8

example: $(VENV)/dev.stamp  ## Play the worked example and its variants by gestures, five weeks of a company each
	@$(RUN) -m pytest -m "example or slow" -k by_gestures --durations=4 tests/end_to_end/test_worked_example.py

story: $(VENV)/dev.stamp  ## Play the example company from kick-off to twelve weeks after its go-live, week by week
	@$(RUN) -m pytest -m "example or slow" --durations=3 tests/end_to_end/test_story.py

screenshots: $(VENV)/dev.stamp chromium  ## Take the pictures of docs/screenshots again
	@CADRAGE_CHROMIUM="$$(sh tools/chromium.sh --print)" $(RUN) tools/screenshots.py

samples: $(VENV)/dev.stamp  ## Write the documents of docs/samples again, and the texts tests/golden compares with
	@$(RUN) tools/samples.py

preview: $(VENV)/run.stamp  ## Write docs/preview.html: every screen of every dialogue, and the map of its branches
	@$(RUN) tools/preview.py

map: $(VENV)/run.stamp  ## Write docs/map.md: every file in one sentence
	@$(RUN) tools/map.py

requirements: $(VENV)/dev.stamp  ## Compile the requirement files from pyproject.toml
	@sh tools/requirements.sh

wheel: $(VENV)/dev.stamp  ## Build the package into dist/
	@$(VENV)/bin/uv build --quiet --wheel --out-dir dist --no-create-gitignore && ls dist

image:  ## Build the container image (needs a Docker engine)
	docker build --tag cadrage .

clean:  ## Remove the environment, the demo's data and everything generated
	rm -rf $(VENV) data dist .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
