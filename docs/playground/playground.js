"use strict";
// This script contains no decision logic: it turns the input into answers to questions, and looks them up in the table.

const table = JSON.parse(document.getElementById("table").textContent);
const places = JSON.parse(document.getElementById("places").textContent);
const classByAnswers = new Map(table.classes.map(([vector, answers, paths]) => [answers, { vector, paths }]));
const choices = Object.keys(table.readings[0]);
const sameReading = (one, other) => choices.every((choice) => one[choice] === other[choice]);

// --- The answer. A situation is entered as the conformance protocol asks `decide`, with a reading.

const isRunAsKey = (key) => key.toLowerCase() === table.tag_key.toLowerCase();
const isBlank = (name) => [...name].every((character) => table.blank.includes(character));

/** The answers to the table's questions, in its order; false where the table says that a question does not matter. */
function answersTo({ run_as_enabled, tag, tag_key, default_user, os_users, platform }) {
  const found = (name) => os_users.find((user) => user.name === name);
  const tagUser = found(tag), defaultOsUser = found(default_user);
  const answers = {
    "s.platform is Platform_LINUX": platform === "linux",
    "s.platform is Platform_MACOS": platform === "macos",
    "s.run_as_enabled is Switch_UNREADABLE": run_as_enabled === "unreadable",
    "s.run_as_enabled is Switch_ON": run_as_enabled === true,
    "s.tagged": tag !== null,
    "s.tag_key_exact": tag_key === table.tag_key,
    "s.tag_blank": tag !== null && isBlank(tag),
    "s.tag == 'ssm-user'": tag === table.ssm_user,
    "s.tag == 'root'": tag === table.root,
    "s.os_users.has(s.tag)": tagUser !== undefined,
    "s.os_users[s.tag].uid == 0": tagUser?.uid === 0,
    "s.os_users[s.tag].gid == 0": tagUser?.gid === 0,
    "s.default_named": default_user !== null && !isBlank(default_user),
    "s.default_user == 'ssm-user'": default_user === table.ssm_user,
    "s.default_user == 'root'": default_user === table.root,
    "s.os_users.has(s.default_user)": defaultOsUser !== undefined,
    "s.os_users[s.default_user].uid == 0": defaultOsUser?.uid === 0,
    "s.os_users[s.default_user].gid == 0": defaultOsUser?.gid === 0,
  };
  const unknown = table.questions.find((question) => !(question in answers));
  if (unknown) throw new Error(`The page cannot answer the question ${unknown}: add it to answersTo.`);
  const holds = (literal) => literal.startsWith("not ") ? !answers[literal.slice(4)] : answers[literal];
  return table.questions.map((question, index) =>
    answers[question] && table.matters[index].every((group) => group.some(holds)));
}

/** A text with each character that cannot be seen written as Python writes it: \x1c, \n, \u3000. */
function printable(text) {
  const named = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  const hex = (code) => code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` :
    code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
  return text.replace(/[\p{C}\p{Z}]/gu, (one) => one === " " ? one : named[one] ?? hex(one.codePointAt(0)));
}

/** What the table says of a situation as it was entered. */
function look(entered) {
  const bits = answersTo(entered).reduce((sum, answer, bit) => sum + (answer ? 2 ** bit : 0), 0);
  const found = classByAnswers.get(bits);
  const reading = table.readings.findIndex((one) => sameReading(one, entered.reading));
  const path = table.paths[found.paths[reading]];
  const fill = (text, quote) => text.replace(/\{(tag|default_user)\}/g, (_, which) =>
    quote + (quote ? printable : String)(which === "tag" ? entered.tag : entered.default_user) + quote);
  const steps = path.map((phrases, index) => ({
    rule: table.rules[index].id,
    because: phrases.map((phrase) => fill(table.phrases[phrase], '"')),
  }));
  const decided = table.rules[path.length - 1];
  return {
    vector: found.vector,
    rule: decided.id,
    title: decided.title,
    starts: decided.starts,
    osUser: decided.starts ? fill(decided.os_user, "") : null,
    reason: decided.reason,
    inWords: decided.in_words,
    passedOver: steps.slice(0, -1),
    because: steps.at(-1).because,
    clauses: decided.clauses.filter((id) =>
      (table.said_by[id] ?? [[]]).some(([choice, value]) => choice === undefined || entered.reading[choice] === value)),
  };
}

// --- Readings and links, written as the command and the documentation write them

function readingAsText(reading) {
  const index = table.readings.findIndex((one) => sameReading(one, reading));
  const profile = Object.keys(table.profiles).find((name) => table.profiles[name] === index);
  if (profile) return profile;
  const [first] = Object.keys(table.profiles);
  const usual = table.readings[table.profiles[first]];
  const changes = choices.filter((choice) => reading[choice] !== usual[choice]);
  return [first, ...changes.map((choice) => `${choice}=${reading[choice]}`)].join(",");
}

function readingNamed(text) {
  const [profile, ...changes] = text.split(",");
  const wanted = { ...table.readings[table.profiles[profile]] };
  for (const change of changes) {
    const [choice, value] = change.split("=");
    wanted[choice] = value;
  }
  return table.readings.find((one) => sameReading(one, wanted) && choices.length === Object.keys(wanted).length);
}

/** The positions of the switch as links and the command write them, with the values that the protocol has for them. */
const switches = { on: true, off: false, unreadable: "unreadable" };
const switchAsText = (value) => Object.keys(switches).find((position) => switches[position] === value);

function linkTo({ run_as_enabled, tag, tag_key, default_user, os_users, platform, reading }) {
  const fields = new URLSearchParams({ "run-as": switchAsText(run_as_enabled) });
  if (tag !== null) fields.append("tag", tag);
  if (tag !== null && tag_key !== table.tag_key) fields.append("tag-key", tag_key);
  if (default_user !== null) fields.append("default-user", default_user);
  for (const user of os_users) fields.append("os-user", `${user.name}:${user.uid}:${user.gid}`);
  fields.append("platform", platform);
  fields.append("reading", readingAsText(reading));
  return `#${fields}`;
}

/** The situation of a link, and what in it could not be read. */
function situationOf(fragment) {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const unread = [];
  const oneOf = (field, allowed) => {
    const value = fields.get(field) ?? allowed[0];
    if (allowed.includes(value)) return value;
    unread.push(`${field}=${value}`);
    return allowed[0];
  };
  const name = (field) => {
    const value = fields.get(field);
    if (/[\r\n]/.test(value ?? "")) unread.push(`the line break in ${field}`);
    return value?.replace(/[\r\n]/g, "") ?? null;
  };
  const users = [];
  for (const text of fields.getAll("os-user")) {
    const parts = text.match(/^([^\r\n]+):([0-9]+):([0-9]+)$/u);
    if (parts) users.push({ name: parts[1], uid: Number(parts[2]), gid: Number(parts[3]) });
    else unread.push(`os-user=${text}`);
  }
  const platforms = [...document.getElementsByName("platform")].map((input) => input.value);
  const written = fields.get("reading") ?? Object.keys(table.profiles)[0];
  const reading = readingNamed(written);
  if (!reading) unread.push(`reading=${written}`);
  const known = ["run-as", "tag", "tag-key", "default-user", "os-user", "platform", "reading"];
  const tag = name("tag");
  const key = fields.get("tag-key") ?? table.tag_key;
  if (!isRunAsKey(key)) unread.push(`tag-key=${key}`);
  for (const field of fields.keys()) if (!known.includes(field)) unread.push(field);
  return {
    entered: {
      run_as_enabled: switches[oneOf("run-as", Object.keys(switches))],
      tag,
      tag_key: tag === null ? null : isRunAsKey(key) ? key : table.tag_key,
      default_user: name("default-user"),
      os_users: users,
      platform: oneOf("platform", platforms),
      reading: reading ?? table.readings[Object.values(table.profiles)[0]],
    },
    unread,
  };
}

/** The words of the command that decides the same situation, each quoted for a shell. */
function commandFor({ run_as_enabled, tag, tag_key, default_user, os_users, platform, reading }) {
  const quoted = (text) => (/^[\w.,:@=/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`);
  return ["runas-spec", "decide", `--run-as=${switchAsText(run_as_enabled)}`]
    .concat(tag === null ? [] : `--tag=${quoted(tag)}`)
    .concat(tag === null || tag_key === table.tag_key ? [] : `--tag-key=${quoted(tag_key)}`)
    .concat(default_user === null ? [] : `--default-user=${quoted(default_user)}`)
    .concat(os_users.map((user) => `--os-user=${quoted(`${user.name}:${user.uid}:${user.gid}`)}`))
    .concat(`--platform=${platform}`, `--reading=${readingAsText(reading)}`);
}

// --- The form

const by = (id) => document.getElementById(id);
const form = by("situation");

function element(tag, text, ...children) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

/** The id of a rule, clause or vector, as a link where the documentation has a place for it. */
function named(kind, id) {
  const code = element("code", id);
  if (!places[kind]) return code;
  const link = element("a", "", code);
  link.href = places[kind].replace("{}", id.toLowerCase());
  return link;
}

function addUser({ name, uid, gid }) {
  const row = element("tr");
  for (const [field, value] of Object.entries({ name, uid, gid })) {
    const input = element("input");
    input.type = "text";
    input.name = field;
    input.value = value;
    input.spellcheck = false;
    input.autocapitalize = "off";
    if (field !== "name") input.inputMode = "numeric";
    row.append(element("td", "", input));
  }
  const remove = element("button", "×");
  remove.type = "button";
  remove.addEventListener("click", () => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("button") ?? by("add-user")).focus();
    update();
  });
  row.append(element("td", "", remove));
  by("users").append(row);
  return row;
}

function labelUsers() {
  for (const row of by("users").rows) {
    const [name, uid, gid] = row.querySelectorAll("input");
    name.ariaLabel = `name of OS user ${row.sectionRowIndex + 1}`;
    uid.ariaLabel = `uid of ${name.value || "a new OS user"}`;
    gid.ariaLabel = `gid of ${name.value || "a new OS user"}`;
    row.querySelector("button").ariaLabel = `remove ${name.value || "the new OS user"}`;
  }
}

/** The OS users that were entered, and what is wrong with them. */
function readUsers() {
  const users = [], problems = [];
  for (const row of by("users").rows) {
    const inputs = [...row.querySelectorAll("input")];
    for (const input of inputs) input.ariaInvalid = "false";
    const [name, uid, gid] = inputs;
    if (isBlank(name.value)) continue;
    for (const id of [uid, gid]) {
      if (/^[0-9]+$/.test(id.value)) continue;
      id.ariaInvalid = "true";
      problems.push(`The ${id.name} of ${name.value} must be a whole number, 0 or more.`);
    }
    const user = { name: name.value, uid: Number(uid.value), gid: Number(gid.value) };
    const twin = users.find((one) => one.name === user.name);
    if (!twin) users.push(user);
    else if (twin.uid !== user.uid || twin.gid !== user.gid) {
      name.ariaInvalid = "true";
      problems.push(`OS user ${user.name} is listed twice with different ids.`);
    }
  }
  return { users, problems };
}

function read() {
  const { users, problems } = readUsers();
  const entered = {
    run_as_enabled: switches[form.elements["run-as"].value],
    tag: by("has-tag").checked ? by("tag").value : null,
    tag_key: !by("has-tag").checked ? null : isRunAsKey(by("tag-key").value) ? by("tag-key").value : table.tag_key,
    default_user: by("has-default").checked ? by("default").value : null,
    os_users: users,
    platform: form.elements.platform.value,
    reading: Object.fromEntries(choices.map((choice) => [choice, by(choice).value])),
  };
  return { entered, problems };
}

function fill({ run_as_enabled, tag, tag_key, default_user, os_users, platform, reading }) {
  form.elements["run-as"].value = switchAsText(run_as_enabled);
  by("tag-key").value = tag_key ?? table.tag_key;
  form.elements.platform.value = platform;
  for (const [field, value] of [["tag", tag], ["default", default_user]]) {
    by(`has-${field}`).checked = value !== null;
    by(field).value = value ?? "";
  }
  for (const choice of choices) by(choice).value = reading[choice];
  by("users").replaceChildren();
  os_users.forEach(addUser);
}

// --- What is shown

const MARKS = { starts: "M4 13l5 6L20 5", refused: "M5 5l14 14M19 5L5 19", undecided: "M12 4v10M12 19v.5" };

const hint = (name) =>
  name === "" ? "Empty, therefore blank." :
  isBlank(name) ? "Only white space, therefore blank." :
  isBlank(name[0]) || isBlank(name.at(-1)) ? "Leading and trailing white space counts: names are compared exactly." : "";

function showForm({ tag, default_user, reading }, problems) {
  for (const [field, value] of [["tag", tag], ["default", default_user]]) {
    by(field).disabled = value === null;
    by(`${field}-hint`).textContent = value === null ? "" : hint(value);
  }
  by("tag-key").disabled = tag === null;
  by("tag-key-hint").textContent =
    isRunAsKey(by("tag-key").value) ? "" : `Not the key ${table.tag_key} in any case; the page decides with that key.`;
  const text = readingAsText(reading);
  by("profile").value = text in table.profiles ? text : "";
  by("users-hint").textContent = problems.join(" ");
  labelUsers();
}

function showOutcome(state, outcome, sentence) {
  by("decision").className = state;
  by("mark").setAttribute("d", MARKS[state]);
  by("outcome").replaceChildren(...outcome);
  by("sentence").textContent = sentence;
}

function showPath(steps, decided) {
  document.querySelector(".decision-picture").classList.toggle("lit", Boolean(decided));
  for (const rule of table.rules) {
    const classes = by(`rule-${rule.id}`).classList;
    classes.toggle("passed", steps.some((step) => step.rule === rule.id) && rule.id !== decided);
    classes.toggle("decided", rule.id === decided);
  }
  by("path").replaceChildren(...steps.map(({ rule, because }) => {
    const verdict = element("span", rule === decided ? "matches" : "skipped");
    const item = element("li", "", named("rule", rule), " ", verdict);
    item.append(element("p", because.join(", ") || "no other rule applies"));
    item.className = rule === decided ? "decided" : "passed";
    return item;
  }));
}

function showClauses(ids) {
  by("clauses").replaceChildren(...ids.flatMap((id) => {
    const [where, text] = table.clauses[id];
    return [element("dt", "", named("clause", id)), element("dd", text, element("small", ` ${where}`))];
  }));
}

let later = 0;

function update() {
  const { entered, problems } = read();
  showForm(entered, problems);
  if (problems.length) {
    showOutcome("undecided", ["No decision yet"], problems[0]);
    showPath([]);
    showClauses([]);
    by("vector").replaceChildren();
    by("command").replaceChildren();
    return;
  }
  const found = look(entered);
  const [refused, why] = found.inWords;
  const outcome = found.starts ? ["starts as ", element("strong", found.osUser)] : [`${refused}: `, element("strong", why)];
  showOutcome(found.starts ? "starts" : "refused", outcome, found.title);
  showPath([...found.passedOver, { rule: found.rule, because: found.because }], found.rule);
  showClauses(found.clauses);
  by("vector").replaceChildren(named("vector", found.vector));
  by("command").replaceChildren(...commandFor(entered).flatMap((word) => [element("span", word), " "]));
  by("link").href = linkTo(entered);
  by("copied").textContent = "";
  clearTimeout(later); // browsers limit how often an address may change
  later = setTimeout(() => history.replaceState(null, "", linkTo(entered)), 150);
}

function reopen(fragment) {
  clearTimeout(later);
  const { entered, unread } = situationOf(fragment);
  fill(entered);
  update();
  by("notice").textContent = unread.length ? `Ignored parts of the link that could not be read: ${unread.join("; ")}.` : "";
}

const START = new URLSearchParams([
  ["run-as", "on"], ["tag", "alice"], ["default-user", "ops"],
  ["os-user", "alice:2001:2001"], ["os-user", "ops:2002:2002"], ["os-user", "root:0:0"],
]);

form.addEventListener("input", (event) => {
  if (event.target.id === "profile" && event.target.value) {
    const reading = table.readings[table.profiles[event.target.value]];
    for (const choice of choices) by(choice).value = reading[choice];
  }
  update();
});
form.addEventListener("submit", (event) => event.preventDefault());
by("add-user").addEventListener("click", () => {
  const row = addUser({ name: "", uid: "1000", gid: "1000" });
  update();
  row.querySelector("input").focus();
});
by("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(by("link").href);
    by("copied").textContent = "Copied.";
  } catch {
    by("copied").textContent = "The browser does not allow copying. Copy the link by hand.";
  }
});
// not location.hash, which a change of the address made meanwhile would have written over
window.addEventListener("hashchange", ({ newURL }) => reopen(new URL(newURL).hash));

const dark = matchMedia("(prefers-color-scheme: dark)");
function showTheme(isDark) {
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  by("theme").ariaPressed = String(isDark);
}
by("theme").addEventListener("click", () => showTheme(by("theme").ariaPressed !== "true"));
dark.addEventListener("change", () => showTheme(dark.matches));
showTheme(dark.matches);

reopen(location.hash || `#${START}`);
performance.mark("first-answer");
