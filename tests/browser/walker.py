"""Somebody who has an example before them and answers the guided check from it, by mouse or by keyboard."""

from typing import Any

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import examples
from tillit.exchange.guide import CHILDREN
from tillit.exchange.sheets import columns

GO_ON = 'button.button[name="go"]'


# How many presses of Tab it takes at least; the browser itself decides, so it is asked again until it is there.
HOW_FAR = """() => {
  if (document.activeElement === window.wanted) return [true, 0];
  const able = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (each) => each.tabIndex >= 0 && each.type !== "hidden" && each.checkVisibility()
      && (each.type !== "radio" || each.checked));
  const here = able.indexOf(document.activeElement), there = able.indexOf(window.wanted);
  return [false, here >= 0 && there > here ? there - here : 1];
}"""


class Mouse:
    """Clicks and types, and counts what it did."""

    def __init__(self, page):
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, selector):
        self.clicks += 1
        self.page.locator(selector).first.click()

    def choose(self, selector):
        if not self.page.locator(selector).is_checked():
            self.clicks += 1
            self.page.locator(f"label:has({selector})").first.click()

    def write(self, selector, text, *, pasted=False):
        self.clicks += 1
        self.keys += 2 if pasted else len(text)
        self.page.locator(selector).fill(text)

    def unfold(self, selector):
        if not self.page.locator(selector).evaluate("each => each.closest('details').open"):
            self.click(selector)


class Keyboard(Mouse):
    """Never touches the mouse: Tab to get there, arrows to choose, Enter to press."""

    def reach(self, selector):
        target = self.page.locator(selector).first
        target.evaluate("each => { window.wanted = each }")
        for _ in range(60):
            there, steps = self.page.evaluate(HOW_FAR)
            if there:
                return
            for _ in range(steps):
                self.page.keyboard.press("Tab")
                self.keys += 1
        raise AssertionError(f"no way by Tab to {selector}")

    def click(self, selector):
        self.reach(selector)
        self.keys += 1
        self.page.keyboard.press("Enter")

    def choose(self, selector):
        wanted = self.page.locator(selector)
        if wanted.is_checked():
            return
        name = wanted.get_attribute("name")
        self.reach(f'input[name="{name}"]:checked')
        for _ in range(30):
            if wanted.is_checked():
                return
            self.keys += 1
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way by arrows to {selector}")

    def write(self, selector, text, *, pasted=False):
        self.reach(selector)
        self.keys += 2 if pasted else len(text)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)


class Walk:
    """One example, answered step by step; `each` is called on every page."""

    def __init__(self, hand, slug, prefix="", each=lambda: None):
        self.hand, self.page, self.prefix, self.each = hand, hand.page, prefix, each
        self.plain: dict[str, Any] = dump_case(examples.case_of(slug))
        self.steps: list[str] = []
        self.judged: set[tuple[str, str]] = set()

    def all(self):
        self.begin()
        self.questions()
        self.judge()

    def begin(self):
        self.page.goto(f"{self.prefix}/prova/")
        self.each()
        head = self.plain["case"]
        self.hand.write("#case-title", head["title"])
        self.hand.write("#case-starts_on", head["starts_on"])
        if head["ends_on"] != head["starts_on"]:
            self.hand.write("#case-ends_on", head["ends_on"])
        self.hand.choose(f"#case-phase-{head['phase']}")
        self.hand.choose(f"#q-kind-{self.plain['collaboration']['kind']}")
        self.go_on()

    def go_on(self):
        self.page.evaluate("document.body.dataset.left = 'yes'")
        self.hand.click(GO_ON)
        self.page.wait_for_selector("body:not([data-left])")
        self.each()

    def questions(self):
        for _ in range(20):
            here = self.page.locator('input[name="from"]').get_attribute("value")
            self.steps.append(here)
            if here == "answer":
                return
            self.facts()
            self.lists()
            self.go_on()
        raise AssertionError(f"the check never ends: {self.steps}")

    def facts(self):
        facts = vocabulary().kinds["collaboration"].facts
        for name, said in self.plain["collaboration"].items():
            selector = f"#q-{name}"
            if not self.page.locator(selector).is_visible():
                continue
            if facts[name].type in ("bool", "enum"):
                value = {True: "yes", False: "no"}.get(said, said)
                self.hand.choose(f"{selector}-{value}")
            else:
                self.hand.write(selector, str(said))

    def lists(self):
        for kind in CHILDREN:
            records = self.plain.get(kind, [])
            said = self.plain.get("records", {}).get(kind, {})
            gate = ("all" if records else "none") if said.get("complete") else "unknown"
            selector = f"#r-{kind}-gate-{gate}"
            if self.page.locator(selector).is_visible():
                self.hand.choose(selector)
                if records and not self.page.locator(f"#r-{kind}-0-id").input_value():
                    self.rows(kind, records)

    def rows(self, kind, records):
        known = [name for name in columns(kind, vocabulary()) if any(name in record for record in records)]
        cells = [[_cell(record.get(name)) for name in known] for record in records]
        block = "\n".join("\t".join(row) for row in [known, *cells])
        self.hand.unfold(f"details:has(#r-{kind}-paste) summary")
        self.hand.write(f"#r-{kind}-paste", block, pasted=True)
        self.page.evaluate("document.body.dataset.left = 'yes'")
        self.hand.click(f'button[value="paste:{kind}"]')
        self.page.wait_for_selector("body:not([data-left])")
        self.each()

    def judge(self):
        for _ in range(6):
            left = [
                each for each in self.plain.get("judgement", []) if (each["record"], each["fact"]) not in self.judged
            ]
            waiting = [each for each in left if self.judge_one(each)]
            self.judged |= {(each["record"], each["fact"]) for each in waiting}
            if not waiting:
                return
            self.hand.write("#j-by", waiting[0]["by"])
            self.page.evaluate("document.body.dataset.left = 'yes'")
            self.hand.click(".judging .row > button.button")
            self.page.wait_for_selector("body:not([data-left])")
            self.each()

    def judge_one(self, made):
        kind = made["record"].partition(":")[0]
        same = [
            each["value"]
            for each in self.plain["judgement"]
            if each["fact"] == made["fact"] and each["record"].partition(":")[0] == kind
        ]
        value = "yes" if made["value"] else "no"
        own, common = f"{made['record']}.{made['fact']}", f"{kind}.{made['fact']}"
        each = self.page.locator(f'[name^="j.v.{kind}:"][name$=".{made["fact"]}"][value="yes"]').count()
        key = own if each and (len(set(same)) > 1 or len(same) < each) else common
        choice = f'input[name="j.v.{key}"][value="{value}"]'
        if not self.page.locator(choice).count():
            return False
        if self.page.locator(choice).is_checked():
            return True
        if key != common:
            self.hand.unfold(f'details:has(> ul input[name="j.v.{own}"]) > summary')
        self.hand.choose(choice)
        self.hand.write(f'textarea[name="j.w.{key}"]', made["why"])
        return True


def _cell(said):
    return {True: "ja", False: "nej", None: ""}.get(said, str(said))
