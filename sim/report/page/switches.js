"use strict";
// What is said of the parts that are switched on stands in the page already: nothing is fetched or reckoned.
(() => {
  const box = document.getElementById("switches");
  const { subsets } = JSON.parse(document.getElementById("subsets").textContent);
  const inputs = [...box.querySelectorAll("input")];
  const answer = box.querySelector("[role=status]");

  function tell() {
    const on = inputs.reduce((sum, input, place) => sum + (input.checked ? 1 << place : 0), 0);
    answer.className = subsets[on].tone;
    answer.replaceChildren(...subsets[on].said.map((text) => {
      const sentence = document.createElement("p");
      sentence.textContent = text;
      return sentence;
    }));
  }

  box.addEventListener("change", tell);
  box.hidden = false;
  document.getElementById("unswitched").hidden = true;
  tell();
})();
