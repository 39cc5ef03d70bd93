// Makes reading smoother; every page works without it.
(() => {
  "use strict";
  // On a phone the row of sections scrolls: begin with the one that is shown.
  const shown = document.querySelector(".tabs [aria-current]");
  if (shown) shown.parentElement.scrollLeft = shown.offsetLeft - shown.parentElement.offsetLeft - 24;
  // Times are told in UTC; the reader's own stand beside them.
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (time.dateTime.length < 11 || Number.isNaN(at.valueOf())) continue;
    time.title = `${at.toLocaleString()} your time`;
    if (!at.getTimezoneOffset()) continue;
    const own = document.createElement("span");
    own.className = "own-time";
    own.textContent = ` (${at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })} here)`;
    time.append(own);
  }
  const form = document.querySelector("form[data-sieve]");
  if (!form) return;
  const row = form.querySelector(".slider");
  // One question at a time, the last one last: answers that overtook each other would show another instant.
  let asking = false, again = false;
  const answered = () => {
    asking = false;
    if (again) send();
  };
  const send = () => {
    again = asking;
    if (asking) return;
    asking = true;
    const asked = new URLSearchParams(new FormData(form));
    for (const [key, value] of [...asked]) if (!value) asked.delete(key);
    const path = form.getAttribute("action") + (asked.size ? "?" + asked : "");
    htmx.ajax("GET", path, { target: "#claims", swap: "outerHTML" }).then(answered, answered);
    history.replaceState(null, "", path);
  };
  if (row) {
    const instants = row.dataset.instants.split(" ");
    const select = row.querySelector("select");
    const slide = row.querySelector("input[type=range]");
    const told = row.querySelector("output");
    slide.hidden = told.hidden = false;
    const tell = () => {
      const label = [...select.options].find((one) => one.value === select.value);
      told.textContent = label ? label.textContent : "now";
      slide.setAttribute("aria-valuetext", told.textContent);
    };
    // The list has some of very many instants; the slider reaches the others too.
    const choose = (instant) => {
      if (instant && ![...select.options].some((one) => one.value === instant))
        select.add(new Option(instant.replace("T", " ").replace(/:00Z$/, " UTC"), instant), 1);
      select.value = instant;
    };
    let waiting = 0;
    slide.addEventListener("input", () => {
      choose(instants[Number(slide.value)] || "");
      tell();
      clearTimeout(waiting);
      waiting = setTimeout(send, 60);
    });
    select.addEventListener("change", () => {
      const place = instants.indexOf(select.value);
      slide.value = String(place < 0 ? instants.length : place);
      tell();
      send();
    });
    tell();
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
})();
