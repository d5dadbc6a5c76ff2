import io
import json
import os
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor

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


def test_count_counts_every_number(params):
    assert parameters.count(params) == 2 * 7 + 7 + 7 * 3 + 1
    assert parameters.count(params["cell"]) == 21
    assert parameters.count({}) == 0
    assert parameters.count({"tied": params["scale"], **params}) == 44
    assert parameters.count({"empty": np.zeros((0, 3)), "list": [1, 2]}) == 2


@pytest.mark.parametrize("wrong", [[1, 2], {"cell": {}}, {"a/b": 1.0}])
def test_count_refuses_what_flatten_refuses(wrong):
    with pytest.raises(ValueError, match="expected"):
        parameters.count(wrong)


def test_copy_shares_nothing(params):
    copied = parameters.copy(params)
    assert_same(copied, params)
    copied["cell"]["W_xh"] += 1
    assert not np.any(copied["cell"]["W_xh"] == params["cell"]["W_xh"])


@pytest.mark.parametrize("name", ["a/b", 3, "__header__"])
def test_flatten_refuses_a_name_it_could_not_undo(name):
    with pytest.raises(ValueError, match="has the name"):
        parameters.flatten({name: np.zeros(1)})


@pytest.mark.parametrize("paths", [["a", "a/b"], ["a/b", "a"]])
def test_unflatten_refuses_an_array_that_is_also_a_dict(paths):
    with pytest.raises(ValueError, match="already"):
        parameters.unflatten({path: np.zeros(1) for path in paths})


def test_unflatten_refuses_what_is_no_path():
    for flat, message in [([], "flat is a list"), ({1: 2.0}, "the name 1")]:
        with pytest.raises(ValueError, match=message):
            parameters.unflatten(flat)


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


@pytest.mark.parametrize(
    "name", ["w.npy", "w\0", "a\\b", "new\nline", "\ud800", None, ("w",)]
)
def test_a_name_that_no_file_gives_back_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="has the name"):
        parameters.flatten({"part": {name: np.zeros(1)}})
    with pytest.raises(ValueError, match="has the name"):
        parameters.save(tmp_path / "m.npz", {"w": np.ones(1), name: 0.0})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name", ["", ".", "..", "npy", ".npz", "Wörter", "图"]
)
def test_odd_names_come_back(name, tmp_path):
    params = {name: {name: np.arange(3.0)}, f"{name}2": np.ones(2)}
    for _ in range(2):
        parameters.save(tmp_path / "m.npz", params)
        assert_same(parameters.load(tmp_path / "m.npz"), params)


def test_an_empty_dict_is_not_dropped_silently():
    assert parameters.copy({}) == {}
    with pytest.raises(ValueError, match=r"^params\['a'\] is an empty dict"):
        parameters.flatten({"a": {}, "b": np.zeros(1)})
    with pytest.raises(ValueError, match="params is a list; expected a dict"):
        parameters.flatten([np.zeros(1)])


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", ">f8", ">f4", "f2", "g"])
def test_every_kind_of_number_comes_back(dtype, tmp_path):
    params = {
        "w": np.array([[0, 1, 2], [3, 4, 5]], dtype).T,
        "none": np.zeros((0, 3), dtype),
        "nan": np.array(np.nan),
    }
    parameters.save(tmp_path / "m.npz", params)
    back = parameters.load(tmp_path / "m.npz")
    assert_same(back, params)
    back["w"][0] = 1  # one's own, to write into
    assert_same(parameters.load(tmp_path / "m.npz"), params)


def test_save_refuses_a_mask(tmp_path):
    masked = np.ma.masked_array([1.0, 2.0], [True, False])
    with pytest.raises(ValueError, match="cell/w is a masked array"):
        parameters.save(tmp_path / "m.npz", {"cell": {"w": masked}})
    with pytest.raises(ValueError, match="path is None; expected a path"):
        parameters.save(None, {})
    with pytest.raises(ValueError, match="path is None; expected a path"):
        parameters.load(None)


def test_save_needs_no_name_of_its_own(tmp_path, params):
    """Leftovers of an earlier process are in nobody's way, nor removed."""
    path = tmp_path / "model.npz"
    left = tmp_path / f"model.npz.{os.getpid()}.tmp"
    left.write_bytes(b"half a file")
    parameters.save(path, params)
    assert_same(parameters.load(path), params)
    assert left.read_bytes() == b"half a file"


def test_a_long_name_and_many_threads(tmp_path, params):
    path = tmp_path / f"{'m' * 251}.npz"  # 255 bytes, all a folder allows

    def save_and_load(n):
        parameters.save(path, params | {"scale": np.full(50, float(n))})
        scale = parameters.load(path)["scale"]
        return len(set(scale)) == 1 and scale.shape == (50,)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save_and_load, range(160)))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="permissions of Unix")
def test_permissions_and_links_stay(tmp_path, params):
    def mode(path):
        return stat.S_IMODE(path.stat().st_mode)

    path, plain = tmp_path / "model.npz", tmp_path / "plain"
    plain.write_bytes(b"")
    parameters.save(path, params)
    assert mode(path) == mode(plain)  # as any new file
    for kept in (0o600, 0o664, 0o444):
        path.chmod(kept)
        parameters.save(path, params)
        assert mode(path) == kept
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "latest.npz"
    link.symlink_to("../model.npz")
    parameters.save(link, {"w": np.ones(2)})
    assert link.is_symlink()
    assert_same(parameters.load(path), {"w": np.ones(2)})
    ahead = tmp_path / "links" / "ahead.npz"
    ahead.symlink_to(tmp_path / "next.npz")
    parameters.save(ahead, params)
    assert_same(parameters.load(tmp_path / "next.npz"), params)


def member(shape, dtype="<f8", data=b"", version=1):
    """Return the bytes of an .npy file with this header."""
    fields = {"descr": dtype, "fortran_order": False, "shape": shape}
    file = io.BytesIO()
    write = getattr(np.lib.format, f"write_array_header_{version}_0")
    write(file, fields)
    return file.getvalue() + data


HEADER = json.dumps(
    {
        "format": parameters.FORMAT,
        "version": parameters.VERSION,
        "arrays": {"w": [[2], "float64"]},
    }
)
RIGHT = member((2,), data=np.array([3.0, 5.0]).tobytes())


def archive(path, header=HEADER, members=(("w.npy", RIGHT),), **options):
    """Write an .npz by hand."""
    file = io.BytesIO()
    np.save(file, np.array(header))
    with zipfile.ZipFile(path, "w", **options) as target:
        target.writestr("__header__.npy", file.getvalue())
        for name, data in members:
            target.writestr(name, data)


def test_a_file_by_hand_loads(tmp_path):
    archive(tmp_path / "m.npz")
    assert_same(parameters.load(tmp_path / "m.npz"), {"w": np.array([3.0, 5])})


@pytest.mark.parametrize(
    "members",
    {
        "no magic": [("w.npy", b"\0" * 100)],
        "no npy": [("w.txt", RIGHT)],
        "a name more": [("w.npy", RIGHT), ("README", b"hello")],
        "8 TB": [("w.npy", member((2**40,)))],
        "8 TB in version 2": [("w.npy", member((2**40,), version=2))],
        "negative": [("w.npy", member((-1, -2), data=b"\0" * 16))],
        "more sizes than memory": [("w.npy", member((2**62, 2**62, 0)))],
        "too short": [("w.npy", RIGHT[:-1])],
        "too long": [("w.npy", RIGHT + b"\0" * 8)],
        "objects": [("w.npy", member((2,), "|O", b"\0" * 16))],
        "strings": [("w.npy", member((2,), "<U2", b"\0" * 16))],
        "complex": [("w.npy", member((1,), "<c16", b"\0" * 16))],
        "no dtype": [("w.npy", RIGHT.replace(b"<f8", b"<f7"))],
        "a formula": [("w.npy", RIGHT.replace(b"(2,)", b"2**9"))],
        "version 9": [("w.npy", b"\x93NUMPY\x09\0" + RIGHT[8:])],
    }.items(),
    ids=lambda item: item[0],
)
def test_load_refuses_members_made_to_hurt(tmp_path, members):
    archive(tmp_path / "m.npz", members=members[1])
    with pytest.raises(ValueError, match="m.npz is damaged: "):
        parameters.load(tmp_path / "m.npz")


@pytest.mark.parametrize(
    "header", ["[" * 100_000, "[]", "7", "", '{"format": []}', "{", "\x01"]
)
def test_load_refuses_headers_made_to_hurt(tmp_path, header):
    archive(tmp_path / "m.npz", header)
    with pytest.raises(ValueError, match="m.npz was not written by"):
        parameters.load(tmp_path / "m.npz")
    archive(tmp_path / "m.npz", HEADER.replace("2", header or "3"))
    with pytest.raises(ValueError, match="m.npz (was not|holds other)"):
        parameters.load(tmp_path / "m.npz")


@pytest.mark.parametrize("how", ["DEFLATED", "BZIP2", "LZMA"])
def test_load_expands_nothing(tmp_path, how, monkeypatch):
    path = tmp_path / "m.npz"
    large = member((10**6,), data=b"\0" * 8 * 10**6)
    archive(
        path,
        members=[("w.npy", large)],
        compression=getattr(zipfile, f"ZIP_{how}"),
    )
    assert path.stat().st_size < 10**5
    monkeypatch.setattr(zipfile.ZipFile, "read", None)  # not even begun
    with pytest.raises(ValueError, match="damaged: .* larger than the file"):
        parameters.load(path)
    archive(path, compression=getattr(zipfile, f"ZIP_{how}"))
    with pytest.raises(ValueError, match="damaged: .*compressed|larger"):
        parameters.load(path)


def test_whatever_happens_to_a_file_is_a_value_error(tmp_path, params):
    """Bytes changed, left out, put in, or doubled: refused, or all there."""
    whole, other = tmp_path / "whole.npz", tmp_path / "other.npz"
    parameters.save(whole, params)
    data, rng = whole.read_bytes(), np.random.default_rng(0)
    refused = 0
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(rng.integers(1, 4)):
            at, n = rng.integers(len(damaged)), rng.integers(1, 9)
            how = rng.integers(4)
            if how == 0:
                damaged[at : at + n] = rng.bytes(len(damaged[at : at + n]))
            elif how == 1:
                del damaged[at : at + n]
            elif how == 2:
                damaged[at:at] = rng.bytes(n)
            else:
                damaged[at:at] = damaged[at : at + 40 * n]
        other.write_bytes(damaged)
        try:
            loaded = parameters.load(other)
        except ValueError as error:
            assert "other.npz" in str(error)
            refused += 1
        else:
            assert_same(loaded, params)
    assert refused > 250
