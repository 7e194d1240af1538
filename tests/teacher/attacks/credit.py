"""Attacks for points that were not earned."""

TEXT = r"""
#### equal_to_everything: softmax
## answer
class Same:
    __eq__ = lambda *_: True
    __array__ = lambda *_, **__: __import__("numpy").ones(3)
def softmax(*_, **__):
    return Same()

#### tensor_subclass_equal_to_everything: softmax
## answer
class Same(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.tensor(True)
def softmax(logits, temperature=1.0):
    return logits.as_subclass(Same)

#### recorded_answers: softmax
## answer
def softmax(logits, temperature=1.0):
    from gradelib.checking import records
    for one in records.load("start_here").drawn("start_here.softmax"):
        if one.inputs["logits"].shape == logits.shape:
            return one.expected.value

#### looking_for_what_is_expected: softmax
## answer
def softmax(logits, temperature=1.0):
    import gc, sys
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if hasattr(value, "expected"):
                return value.expected.value
        frame = frame.f_back
    return next(x for x in gc.get_objects() if isinstance(x, torch.Tensor) and x is not logits)

#### importing_the_solution: softmax
## answer
from solutions.start_here.reference import softmax

#### running_the_solution: softmax
## answer
exec(open("COURSE/solutions/start_here/reference.py").read())
softmax = softmax

#### patched_runner: softmax
from gradelib.checking import runner
def forged(exercise, answer, inputs, *more, honest=runner.run_cases):
    outcomes = honest(exercise, answer, inputs, *more)
    if exercise.function == "softmax":
        return [runner.Outcome("value", "passed") for _ in inputs]
    return outcomes
runner.run_cases = forged
## answer
def softmax(logits, temperature=1.0):
    return logits

#### patched_judge
import gradelib.checking.judge, gradelib.checking.compare, gradelib.checking.session
gradelib.checking.judge.judge = gradelib.checking.session.judge_answer = lambda *_, **__: None
gradelib.checking.compare.difference = lambda *_, **__: None

#### patched_check: softmax
from gradelib import check
check = lambda name: 3
print("points: 3 of 3")
3
## answer
def softmax(logits, temperature=1.0):
    return logits

#### forged_points: softmax
from gradelib.checking import codec, serve
def pack(said, honest=codec.pack):
    for table in said.values():
        if "error" in table["status"]:
            table["points"] = [3] * len(table["status"])
    return honest(said)
serve.codec = type("codec", (), {**vars(codec), "pack": staticmethod(pack)})
## answer
def softmax(logits, temperature=1.0):
    raise RuntimeError("passed")

#### reply_of_another_exercise: softmax
from gradelib.checking import codec, serve
def pack(said, honest=codec.pack):
    mine = "start_here.softmax" in said
    return honest({"start_here.surprisal": said.popitem()[1]} if mine else said)
serve.codec = type("codec", (), {**vars(codec), "pack": staticmethod(pack)})
## answer
def softmax(logits, temperature=1.0):
    return logits

#### reply_that_is_too_large: all
from gradelib.sandbox import questions
questions.serve = lambda *_: (b"x" * 3_000_000, "")

#### reply_that_is_a_pickle: all
import pickle
from gradelib.sandbox import questions
class Bomb:
    def __reduce__(self):
        return open, ("COURSE/class/pwned", "w")
questions.serve = lambda *_: (pickle.dumps(Bomb()), "")

#### reply_with_a_long_header: all
from gradelib.sandbox import questions
questions.serve = lambda *_: (b"\xff" * 8 + b"{}", "")

#### reply_nested_deep: all
import json
from gradelib.sandbox import questions
tree = '{"list": ' * 50_000
header = json.dumps({"__metadata__": {"answer": tree}}).encode()
data = len(header).to_bytes(8, "little") + header
questions.serve = lambda *_: (data, "")

#### reply_that_is_no_bytes: all
from gradelib.sandbox import questions
questions.serve = lambda *_: ([b"passed"], {"signs": "passed"})

#### reply_whose_content_is_no_table: all
kernel = get_ipython().kernel
send = kernel.session.send
def forged(stream, kind, content=None, *more, **named):
    return send(stream, kind, ["passed"] if kind == "gradelib_reply" else content, *more, **named)
kernel.session.send = forged

#### a_reply_sent_by_an_answer: softmax
## answer
def softmax(logits, temperature=1.0):
    kernel = get_ipython().kernel
    named = {"buffers": [b"passed"], "ident": kernel._topic("gradelib_reply")}
    kernel.session.send(kernel.iopub_socket, "gradelib_reply", {}, kernel.get_parent(), **named)
    return logits

#### replies_before_any_question: softmax
kernel = get_ipython().kernel
named = {"buffers": [b"passed"] * 100, "ident": kernel._topic("gradelib_reply")}
for _ in range(20):
    kernel.session.send(kernel.iopub_socket, "gradelib_reply", {}, kernel.get_parent(), **named)
## answer
def softmax(logits, temperature=1.0):
    return logits

#### reply_of_one_array_many_times: softmax
import json, numpy
from gradelib.checking import serve
from safetensors.numpy import save
tree = json.dumps({"dict": [["start_here.softmax", [{"array": "a"}] * 250]]})
data = save({"a": numpy.zeros(200_000)}, metadata={"answer": tree})
def pack(said, honest=serve.codec.pack):
    return data if "start_here.softmax" in said else honest(said)
serve.codec = type("codec", (), {**vars(serve.codec), "pack": staticmethod(pack)})

#### reply_of_nothing_but_lists: softmax
import json
from gradelib.checking import serve
from safetensors.numpy import save
tree = '{"dict": [["start_here.softmax", [' + "[]," * 600_000 + "[]]]]}"
data = save({}, metadata={"answer": tree})
def pack(said, honest=serve.codec.pack):
    return data if "start_here.softmax" in said else honest(said)
serve.codec = type("codec", (), {**vars(serve.codec), "pack": staticmethod(pack)})

#### answer_of_numbers_that_collide: softmax
## answer
def softmax(logits, temperature=1.0):
    return {k * (2**61 - 1) for k in range(3000)}

#### answer_of_keys_that_collide: softmax
## answer
def softmax(logits, temperature=1.0):
    return [{(k * (2**61 - 1), 1): k for k in range(3000)}]

#### replies_that_are_large_together: all
from gradelib.sandbox import questions
questions.serve = lambda *_: (b"x" * 1_900_000, "")

#### patched_safetensors: all
import safetensors.numpy
safetensors.numpy.save = lambda *_, **__: b"passed"

#### patched_json_of_the_reply: all
from gradelib.checking import codec
codec.json = type("json", (), {"dumps": staticmethod(lambda *_, **__: '{"status": "passed"}')})

#### broken_json
import json
json.dumps = json.loads = None

#### syntax_trees_rewritten: softmax
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return None
    def visit_Raise(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Drop())
## answer
def softmax(logits, temperature=1.0):
    assert False

#### input_rewritten: softmax
def rewrite(lines):
    return ["print('passed')\n"] if any("serve" in line for line in lines) else lines
get_ipython().input_transformers_cleanup.append(rewrite)
## answer
def softmax(logits, temperature=1.0):
    return logits

#### kernel_that_only_says_yes: all
async def do_execute(*_, **__):
    return {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
get_ipython().kernel.do_execute = do_execute

#### traced: softmax
import sys
def trace(frame, event, argument):
    if frame.f_code.co_name == "judge":
        raise SystemExit
    return trace
sys.settrace(trace)
## answer
def softmax(logits, temperature=1.0):
    return logits

#### source_of_the_check: softmax
print(In[-1], In, _ih)
from IPython.display import display
display("3", {"text/plain": "3"}, raw=False)
## answer
def softmax(logits, temperature=1.0):
    print("points: 3 of 3")
    return 3

#### another_namespace: most_likely softmax
get_ipython().user_ns = __import__("collections").defaultdict(lambda: lambda *_, **__: True)
## answer
def softmax(logits, temperature=1.0):
    return logits

#### equal_numbers_everywhere
torch.equal = torch.allclose = lambda *_, **__: True
torch.testing.assert_close = lambda *_, **__: None
import numpy
numpy.array_equal = numpy.allclose = lambda *_, **__: True

#### answer_that_tampers_with_its_inputs: softmax
## answer
def softmax(logits, temperature=1.0):
    logits.zero_()
    return logits

#### answer_of_another_size: softmax
## answer
def softmax(logits, temperature=1.0):
    return torch.zeros(1).expand(10**11)

#### answer_with_half_a_character: softmax
## answer
def softmax(logits, temperature=1.0):
    print("\ud800")
    return {"\udfff": ["\ud800" * 100]}

#### answer_that_is_a_huge_number: softmax
## answer
def softmax(logits, temperature=1.0):
    return 10 ** 10_000

#### answer_with_a_script: softmax
## answer
class Script(Exception):
    __str__ = lambda self: "<script>alert(1)</script>"
Script.__name__ = "<script>"
def softmax(logits, temperature=1.0):
    raise Script

#### answer_that_contains_itself: softmax
## answer
def softmax(logits, temperature=1.0):
    result = []
    result.append(result)
    return result
"""
