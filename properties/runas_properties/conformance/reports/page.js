"use strict";
const form = document.querySelector("form");
const cases = [...document.querySelectorAll("#cases details")];
const texts = new Map();

function textOf(one) {
  if (!texts.has(one)) texts.set(one, one.textContent.toLowerCase());
  return texts.get(one);
}

function show() {
  const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const verdict = form.verdict.value;
  let shown = 0;
  for (const one of cases) {
    one.hidden = (verdict !== "" && one.dataset.verdict !== verdict) || !words.every((word) => textOf(one).includes(word));
    shown += !one.hidden;
  }
  document.querySelector("output").textContent = `${shown} of ${cases.length} shown`;
}

function open() {
  const target = document.getElementById(location.hash.slice(1));
  if (target === null || !cases.includes(target)) return;
  form.reset();
  show();
  target.open = true;
  target.scrollIntoView();
}

form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
document.querySelectorAll("td a.id").forEach((link) => link.addEventListener("click", () => {
  form.reset();
  form.words.value = link.textContent;
  show();
}));
addEventListener("hashchange", open);
addEventListener("beforeprint", () => document.querySelectorAll("#failures details").forEach((one) => (one.open = true)));
show();
open();
