"""Small problems of equality and uninterpreted functions as SMT-LIB 2 text: by hand, and at random."""

from random import Random

import z3

__all__ = ["DECLARATIONS", "HAND_MADE", "answer", "problem", "random_problem"]

DECLARATIONS = """(set-logic QF_UF)
(declare-sort S 0)
(declare-fun a () S)
(declare-fun b () S)
(declare-fun c () S)
(declare-fun f (S) S)
(declare-fun g (S S) S)
(declare-fun p (S) Bool)
(declare-fun q () Bool)
(declare-fun r () Bool)
"""

HAND_MADE = {
    "true": ("(not true)", "true"),
    "false": ("false", "(not false)"),
    "not": ("q (not q)", "(not q)"),
    "and": ("(and q r) (not r)", "(not (and q r)) (not r)"),
    "and of three": ("(and q r (p a)) (not (p a))", "(not (and q r (p a))) q r"),
    "or": ("(or q r) (not q) (not r)", "(or q r) (not q)"),
    "implication": ("(=> q r) q (not r)", "(=> q r) (not q) r"),
    "implications to the right": ("(=> q r (p a)) q r (not (p a))", "(=> q r (p a)) (not q) r (not (p a))"),
    "exclusive or": ("(xor q r) q r", "(xor q r) q (not r)"),
    "equal truths": ("(= q r) q (not r)", "(= q r) (not q) (not r)"),
    "three equal truths": ("(= q r (p a)) q (not (p a))", "(= q r (p a)) q"),
    "distinct truths": ("(distinct q r) q r", "(distinct q r) q"),
    "three distinct truths": ("(distinct q r (p a))", "(distinct q r) (p a)"),
    "if of truths": ("(ite q r (p a)) q (not r)", "(ite q r (p a)) q (not (p a))"),
    "else of truths": ("(ite q r (p a)) (not q) (not (p a))", "(ite q r (p a)) (not q) (not r)"),
    "not an if of truths": ("(not (ite q r (p a))) q r", "(not (ite q r (p a))) q (not r)"),
    "not an else of truths": ("(not (ite q r (p a))) (not q) (p a)", "(not (ite q r (p a))) (not q) r"),
    "reflexivity": ("(not (= a a))", "(= a a)"),
    "symmetry": ("(= a b) (not (= b a))", "(= a b) (= b a)"),
    "transitivity": ("(= a b) (= b c) (not (= a c))", "(= a b) (not (= b c)) (not (= a c))"),
    "three equal": ("(= a b c) (not (= a c))", "(= a b c)"),
    "distinct": ("(distinct a b c) (= a c)", "(distinct a b c) (= (f a) (f c))"),
    "not distinct": ("(not (distinct a b)) (not (= a b))", "(not (distinct a b c)) (not (= a b)) (not (= b c))"),
    "twice the same": ("(distinct a b a)", "(distinct a b c)"),
    "congruence": ("(= a b) (not (= (f a) (f b)))", "(= (f a) (f b)) (not (= a b))"),
    "congruence of two": ("(= a b) (not (= (g a c) (g b c)))", "(= a b) (not (= (g a c) (g c b)))"),
    "of another function": ("(= a (f a)) (not (= a (f (f a))))", "(= a b) (not (= (f a) (g a b)))"),
    "congruence of truths": ("(= a b) (p a) (not (p b))", "(= (f a) (f b)) (p a) (not (p b))"),
    "f three and five times": (
        "(= (f (f (f a))) a) (= (f (f (f (f (f a))))) a) (not (= (f a) a))",
        "(= (f (f (f (f a)))) a) (= (f (f a)) a) (not (= (f a) a))",
    ),
    "if of values": ("q (not (= (ite q a b) a))", "q (not (= (ite q a b) b))"),
    "else of values": ("(not q) (not (= (ite q a b) b))", "(not q) (not (= (ite q a b) a))"),
    "if inside f": ("q (not (= (f (ite q a b)) (f a)))", "q (not (= (f (ite q a b)) (f b)))"),
    "either way": ("(= (f a) (f b)) (not (= (f (ite q a b)) (f a)))", "(not (= (f (ite q a b)) (f a)))"),
    "if of ifs": ("q (not r) (not (= (ite q (ite r a b) c) b))", "q (not r) (not (= (ite q (ite r a b) c) a))"),
    "if of a truth in a condition": ("(p (ite (p a) a b)) (not (p a)) (not (p b))", "(p (ite (p a) a b)) (not (p a))"),
    "let": ("(let ((x (f a))) (not (= x (f a))))", "(let ((x (f a))) (not (= x (f b))))"),
    "let of two at once": (
        "(let ((x a)) (let ((x b) (y x)) (and (= x c) (not (= b c)) (= y a))))",
        "(let ((x a)) (let ((x b) (y x)) (and (= x b) (= y a) (not (= x y)))))",
    ),
    "let that ends": ("(and (let ((q r)) q) (not r))", "(and (let ((q r)) (not q)) (not r) q)"),
    "let that hides": ("(let ((a b)) (distinct a b))", "(let ((a b)) (= a b)) (distinct a b)"),
}
"""By name, assertions that cannot all be true, and some that can."""


def problem(assertions: str, before: str = "") -> str:
    """A text that asserts what stands in parentheses, or is a symbol, one after the other."""
    return f"{DECLARATIONS}{before}(assert (and true true {assertions}))\n(check-sat)\n"


def answer(text: str) -> str:
    """What Z3 says of a text."""
    solver = z3.Solver()
    solver.from_string(text)
    return str(solver.check())


def random_problem(random: Random) -> str:
    """A few random assertions, some with definitions and lets."""
    defined = [
        f"(define-fun d () S {_value(random, 2)})\n",
        f"(define-fun e () Bool {_truth(random, 2)})\n",
    ]
    assertions = " ".join(_truth(random, 3, ("d",), ("e",)) for _ in range(random.randint(2, 6)))
    return problem(assertions, "".join(defined))


def _value(random: Random, depth: int, values: tuple[str, ...] = (), truths: tuple[str, ...] = ()) -> str:
    def value() -> str:
        return _value(random, depth - 1, values, truths)

    match random.randrange(4) if depth else 0:
        case 1:
            return f"(f {value()})"
        case 2:
            return f"(g {value()} {value()})"
        case 3:
            return f"(ite {_truth(random, depth - 1, values, truths)} {value()} {value()})"
    return random.choice(["a", "b", "c", *values])


def _truth(random: Random, depth: int, values: tuple[str, ...] = (), truths: tuple[str, ...] = ()) -> str:
    def truth() -> str:
        return _truth(random, depth - 1, values, truths)

    def value() -> str:
        return _value(random, depth - 1, values, truths)

    match random.randrange(11) if depth else 0:
        case 1 | 2:
            return f"(not {truth()})"
        case 3:
            return f"({random.choice(['and', 'or', '=>', 'xor', '=', 'distinct'])} {truth()} {truth()})"
        case 4:
            return f"({random.choice(['and', 'or', '=>', '=', 'distinct'])} {truth()} {truth()} {truth()})"
        case 5:
            return f"(ite {truth()} {truth()} {truth()})"
        case 6:
            return f"(p {value()})"
        case 7 | 8:
            return f"(= {value()} {value()})"
        case 9:
            return f"(distinct {value()} {value()} {value()})"
        case 10:
            inner = _truth(random, depth - 1, (*values, "x"), (*truths, "y"))
            return f"(let ((x {value()}) (y {truth()})) {inner})"
    return random.choice(["q", "r", "(p a)", "(= a b)", "(= (f b) c)", "true", *truths])
