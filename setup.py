"""What pyproject.toml cannot say: the results go into the package.

``book/results`` is their one place in the repository. An installed package
has them as ``rnncourse/stored``, where `rnncourse.results` looks for them,
however it was installed.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["rnncourse*"]), "rnncourse.stored"],
    package_dir={"rnncourse.stored": "book/results"},
    package_data={
        "rnncourse.stored": ["*.json"],
        "rnncourse.data.series": ["*.csv", "README.md"],
        "rnncourse.workbench": ["prose.txt"],
    },
)
