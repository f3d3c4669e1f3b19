"use strict";
// What is moved becomes the address of the page, and the answer to it is fetched: first a look, then the exact one.
(() => {
  const form = document.getElementById("controls");
  const answer = document.getElementById("answer");
  const extra = document.getElementById("extra");
  const shares = document.getElementById("shares");
  const working = document.getElementById("working");
  const lost = document.getElementById("lost");
  const near = 1e-9;
  let asked = 0;
  let waiting = 0;

  const controls = [...form.querySelectorAll("input")];

  function snap(input) {
    const step = Number(input.dataset.step);
    const now = Number(input.dataset.now);
    const value = Number(input.value);
    if (Math.abs(value - now) < step / 2) return now;
    return Number((Math.round(value / step) * step).toPrecision(10));
  }

  function settings() {
    const found = [];
    for (const input of controls) {
      const addresses = input.name.split(" "); // no name of a reform has a blank; the operator stands last
      const operator = addresses.pop();
      const toggle = input.type === "checkbox";
      const value = toggle ? (input.checked ? 1 : 0) : snap(input);
      const moved = Math.abs(value - Number(input.dataset.now)) > near;
      input.closest(".control").classList.toggle("moved", moved);
      if (!toggle) input.closest(".control").querySelector("output").textContent = input.dataset.times + value;
      if (moved) for (const address of addresses) found.push(address + operator + (toggle ? "off" : value));
    }
    return found;
  }

  function query(more) {
    const found = new URLSearchParams();
    for (const text of settings()) found.append("set", text);
    if (more) found.append(more, "1");
    const text = found.toString();
    return text ? "?" + text : "";
  }

  async function fetched(part, options) {
    const response = await fetch(part, options);
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  }

  async function played() {
    const mine = ++asked;
    history.replaceState(null, "", location.pathname + query());
    answer.setAttribute("aria-busy", "true");
    working.hidden = false;
    extra.replaceChildren();
    try {
      for (const more of ["", "exact"]) {
        const text = await fetched("answer" + query(more));
        if (mine !== asked) return;
        answer.innerHTML = text;
        answer.setAttribute("aria-busy", "false");
        lost.hidden = true;
      }
      working.hidden = true;
      shared();
    } catch (error) {
      if (mine === asked) { lost.hidden = false; working.hidden = true; }
    }
  }

  function shared() {
    const figure = shares.closest("figure");
    if (answer.querySelector(".fault")) { figure.hidden = true; return; }
    shares.onload = () => { figure.hidden = false; };
    shares.onerror = () => { figure.hidden = true; };
    document.getElementById("shares-data").href = "shares/data" + query();
    document.getElementById("shares-narrow").srcset = "shares/narrow" + query();
    shares.src = "shares/wide" + query();
  }

  form.addEventListener("input", () => {
    settings();
    clearTimeout(waiting);
    waiting = setTimeout(played, 120);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); played(); });
  document.querySelectorAll("button[data-part]").forEach((button) => {
    button.addEventListener("click", async () => {
      const part = button.dataset.part;
      working.hidden = false;
      try {
        extra.innerHTML = await fetched(part + query(), { method: part === "save" ? "POST" : "GET" });
      } catch (error) {
        lost.hidden = false;
      }
      working.hidden = true;
    });
  });
  if (matchMedia("(max-width: 60rem)").matches) form.querySelectorAll("details").forEach((group) => { group.open = false; });
  document.querySelector(".plainly").hidden = true;
  settings();
  played();
})();
