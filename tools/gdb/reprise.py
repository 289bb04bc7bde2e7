"""Commands of gdb for programs that simulate with Reprise.

    gdb -x tools/gdb/reprise.py --args PROGRAM replay FILE --until=120 --break
    (gdb) run
    (gdb) reprise tasks      every task: its number, node, name, what it waits for
    (gdb) reprise bt 7       the stack of task 7, which is suspended
    (gdb) reprise world      time, messages in flight, timers, unsynced writes

Where --break stops, the program has prepared what they print. At any other
stop they call functions of the program (sim/core/debugger.h), which must be
alive, and inside a run of a world. They need no debugging information.
"""

import gdb

# Where Boost.Context's jump_fcontext keeps the registers of what it leaves, for
# each of the forms that it has: offsets of what is saved, and how many bytes
# are. The form is the one whose program counter lies in code.
_FORMS = {
    "x86-64": [
        (
            {"r12": 0x10, "r13": 0x18, "r14": 0x20, "r15": 0x28,
             "rbx": 0x30, "rbp": 0x38, "rip": 0x40},
            0x48,
        ),
        (
            {"r12": 0x08, "r13": 0x10, "r14": 0x18, "r15": 0x20,
             "rbx": 0x28, "rbp": 0x30, "rip": 0x38},
            0x40,
        ),
    ],
    "aarch64": [
        (
            dict(
                [("x%d" % (19 + i), 0x40 + 8 * i) for i in range(11)]
                + [("x30", 0x98), ("pc", 0xA0)]
            ),
            0xB0,
        ),
    ],
}
_COUNTER = {"x86-64": "rip", "aarch64": "pc"}


def _call(function, result, argument=""):
    """What a function of the program returns."""
    parameters = "unsigned long" if argument else "void"
    try:
        return gdb.parse_and_eval(
            "((%s (*)(%s))%s)(%s)" % (result, parameters, function, argument)
        )
    except gdb.error as error:
        if "No symbol" in str(error):
            raise gdb.GdbError(
                "this program does not simulate: it has no function %s"
                % function
            )
        raise gdb.GdbError(
            "the program could not be asked: %s; where `replay --until=EVENT "
            "--break` stops it need not be asked" % error
        )


def _prepared(place):
    """What the program has prepared, where --break has stopped it."""
    try:
        text = gdb.parse_and_eval(
            "((char **)&reprise_debug_texts)[%d]" % place
        )
        return text.string(errors="replace") if int(text) != 0 else None
    except gdb.error:
        return None


def _text(place, function):
    text = _prepared(place)
    if text is not None:
        return text
    return _call(function, "char *").string(errors="replace")


def _frame(task):
    """Where the registers of a suspended task are saved; 0: nowhere."""
    frames = _prepared(2)
    if frames is None:
        return int(_call("reprise_debug_frame", "unsigned long", task))
    for line in frames.splitlines():
        number, address = line.split()
        if number == task:
            return int(address)
    return 0


def _word(address):
    memory = gdb.selected_inferior().read_memory(address, 8)
    return int.from_bytes(bytes(memory), "little")


def _is_code(address):
    return "in section .text" in gdb.execute(
        "info symbol %d" % address, to_string=True
    )


def _architecture():
    name = gdb.selected_inferior().architecture().name()
    return "x86-64" if "x86-64" in name else name


def _registers(saved):
    """What the registers of a task would be if it were running."""
    architecture = _architecture()
    for offsets, size in _FORMS.get(architecture, []):
        registers = {
            name: _word(saved + offset) for name, offset in offsets.items()
        }
        if _is_code(registers[_COUNTER[architecture]]):
            registers["rsp" if architecture == "x86-64" else "sp"] = saved + size
            return registers
    raise gdb.GdbError(
        "it is not known how Boost.Context saves registers on %s" % architecture
    )


def _set(registers):
    for name, value in registers.items():
        gdb.execute("set $%s = %d" % (name, value), to_string=True)


class Reprise(gdb.Command):
    """Look into a program that simulates with Reprise."""

    def __init__(self):
        super().__init__("reprise", gdb.COMMAND_DATA, prefix=True)


class Tasks(gdb.Command):
    """reprise tasks: every task, and what it waits for."""

    def __init__(self):
        super().__init__("reprise tasks", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        gdb.write(_text(0, "reprise_debug_tasks"))


class World(gdb.Command):
    """reprise world: time, messages in flight, timers, unsynced writes."""

    def __init__(self):
        super().__init__("reprise world", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        gdb.write(_text(1, "reprise_debug_world"))


class Backtrace(gdb.Command):
    """reprise bt TASK: the stack of a suspended task, by its number."""

    def __init__(self):
        super().__init__("reprise bt", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        number = argument.strip()
        if not number.isdigit():
            raise gdb.GdbError(
                "expected the number of a task, as `reprise tasks` prints it"
            )
        saved = _frame(number)
        if saved == 0:
            raise gdb.GdbError(
                "task %s is not suspended: it is running (see `bt`), has not "
                "begun, or is not there (see `reprise tasks`)" % number
            )
        registers = _registers(saved)
        selected = gdb.selected_frame()
        gdb.newest_frame().select()
        before = {
            name: int(gdb.parse_and_eval("(unsigned long)$%s" % name))
            for name in registers
        }
        try:
            _set(registers)
            gdb.execute("backtrace")
        finally:
            gdb.newest_frame().select()
            _set(before)
        if selected.is_valid():
            selected.select()


Reprise()
Tasks()
World()
Backtrace()
