import numpy as np
import pytest

from rnncourse import params as parameters


@pytest.fixture
def params():
    rng = np.random.default_rng(0)
    return {
        "cell": {
            "W_xh": rng.normal(size=(2, 7)),
            "b_h": rng.normal(size=7).astype(np.float32),
        },
        "layers": {"layer0": {"file": rng.normal(size=(7, 3)).T}},
        "scale": np.array(2.0),
    }


def assert_same(one, other):
    one, other = parameters.flatten(one), parameters.flatten(other)
    assert one.keys() == other.keys()
    for name in one:
        assert one[name].dtype == other[name].dtype
        np.testing.assert_array_equal(one[name], other[name])


def test_flatten_names_by_path_and_shares_memory(params):
    flat = parameters.flatten(params)
    assert list(flat) == [
        "cell/W_xh", "cell/b_h", "layers/layer0/file", "scale"
    ]  # fmt: skip
    assert flat["cell/W_xh"] is params["cell"]["W_xh"]
    assert parameters.unflatten(flat)["scale"] is params["scale"]
    assert_same(parameters.unflatten(flat), params)


def test_copy_shares_nothing(params):
    copied = parameters.copy(params)
    assert_same(copied, params)
    copied["cell"]["W_xh"] += 1
    assert not np.any(copied["cell"]["W_xh"] == params["cell"]["W_xh"])


@pytest.mark.parametrize("name", ["a/b", 3, "__header__"])
def test_flatten_refuses_a_name_it_could_not_undo(name):
    with pytest.raises(ValueError, match="parameter name"):
        parameters.flatten({name: np.zeros(1)})


@pytest.mark.parametrize("paths", [["a", "a/b"], ["a/b", "a"]])
def test_unflatten_refuses_an_array_that_is_also_a_dict(paths):
    with pytest.raises(ValueError, match="already"):
        parameters.unflatten({path: np.zeros(1) for path in paths})


def test_save_and_load(tmp_path, params):
    path = tmp_path / "model.npz"
    for _ in range(2):  # the second time over the first file
        parameters.save(path, params)
        assert_same(parameters.load(path), params)
    assert [p.name for p in tmp_path.iterdir()] == ["model.npz"]
    with np.load(path) as file:  # plain NumPy can read it too
        np.testing.assert_array_equal(file["scale"], 2.0)


def test_save_refuses_what_it_could_not_load(tmp_path):
    with pytest.raises(ValueError, match="model.txt.*npz"):
        parameters.save(tmp_path / "model.txt", {})
    with pytest.raises(ValueError, match="cell/W has dtype object"):
        parameters.save(tmp_path / "m.npz", {"cell": {"W": [None]}})
    assert not list(tmp_path.iterdir())


def test_interrupted_save_keeps_the_old_file(tmp_path, params, monkeypatch):
    path = tmp_path / "model.npz"
    parameters.save(path, params)
    write = np.lib.format.write_array

    def disk_full(file, array, **options):
        if array.shape == (2, 7):
            file.write(b"half")
            raise OSError("no space left on device")
        write(file, array, **options)

    monkeypatch.setattr(np.lib.format, "write_array", disk_full)
    with pytest.raises(OSError, match="no space"):
        parameters.save(path, {"cell": {"W_xh": np.zeros((2, 7))}})
    assert [p.name for p in tmp_path.iterdir()] == ["model.npz"]
    assert_same(parameters.load(path), params)


def test_load_refuses_every_truncation(tmp_path, params):
    whole, cut = tmp_path / "whole.npz", tmp_path / "cut.npz"
    parameters.save(whole, params)
    data = whole.read_bytes()
    for size in range(0, len(data), 97):
        cut.write_bytes(data[:size])
        with pytest.raises(ValueError, match="cut.npz is"):
            parameters.load(cut)


def test_load_refuses_a_flipped_bit(tmp_path, params):
    path = tmp_path / "model.npz"
    parameters.save(path, params)
    data = bytearray(path.read_bytes())
    at = data.index(params["cell"]["W_xh"].tobytes())
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match="damaged.*CRC"):
        parameters.load(path)


def test_load_refuses_foreign_files(tmp_path, monkeypatch):
    path = tmp_path / "model.npz"
    with pytest.raises(FileNotFoundError):
        parameters.load(path)
    path.write_text("not an archive")
    with pytest.raises(ValueError, match="not an .npz file"):
        parameters.load(path)
    np.savez(path, W_xh=np.zeros(3))
    with pytest.raises(ValueError, match="not written by"):
        parameters.load(path)
    np.savez(path, __header__=np.array('{"format": "other"}'))
    with pytest.raises(ValueError, match="not written by"):
        parameters.load(path)
    monkeypatch.setattr(parameters, "VERSION", 2)
    parameters.save(path, {})
    monkeypatch.undo()
    with pytest.raises(ValueError, match="version 2; expected 1"):
        parameters.load(path)


def test_load_refuses_other_arrays_than_the_header_lists(tmp_path, params):
    path = tmp_path / "model.npz"
    parameters.save(path, params)
    with np.load(path) as file:
        arrays = dict(file)
    for wrong in [arrays | {"scale": np.zeros(2)}, arrays | {"b": np.ones(1)}]:
        np.savez(path, **wrong)
        with pytest.raises(ValueError, match="other arrays"):
            parameters.load(path)
