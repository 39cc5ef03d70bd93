// Makes deciding quicker: keys, forms in a dialog, words taken by selecting, news of others. Every form works without it.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const kept = {
    // Storage may be refused by the browser; marks and the switch are then of this page only.
    read(store, key) { try { return store.getItem(key); } catch { return null; } },
    write(store, key, value) { try { store.setItem(key, value); } catch { /* this page only */ } },
  };

  // Forms open in a dialog over the page that they belong to.
  const frame = one("dialog#form");
  const openForm = async (link) => {
    let answer;
    try {
      answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    } catch {
      answer = null;
    }
    const found = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = found && one("#work-form", found);
    if (!form) { location.assign(link.href); return; }
    frame.replaceChildren(document.adoptNode(form));
    prepare(frame);
    frame.showModal();
    (one("[data-first]", frame) || one("#why", frame) || one("button", frame)).focus();
  };
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-form]");
    if (link && frame) { event.preventDefault(); openForm(link); return; }
    const close = event.target.closest("dialog [data-close]");
    if (close) { event.preventDefault(); close.closest("dialog").close(); return; }
    if (event.target.closest("[data-keys-open]")) { event.preventDefault(); showKeys(); }
  });
  // What a merge would count is shown in the dialog, without leaving the page.
  const count = async (form, button) => {
    const filled = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(filled), headers: { Accept: "text/html" } });
    const found = one("#work-form", new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!found) return;
    frame.replaceChildren(document.adoptNode(found));
    prepare(frame);
    (one("[data-preview]", frame) || frame).focus();
  };
  document.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.matches("dialog [data-preview]")) {
      event.preventDefault();
      count(event.target, event.submitter);
      return;
    }
    // A form that is sent twice would decide twice.
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Keys. What each does stands in the list that "?" shows; a page offers a key where an element is marked with it.
  const list = one("dialog#keys");
  const offered = new Set(all("[data-keys]", list || document).map((row) => row.dataset.keys));
  const places = new Map(all("[data-keys] a", list || document).map((link) => [link.closest("[data-keys]").dataset.keys, link.href]));
  const off = list && one("[data-keys-off]", list);
  if (off) {
    off.checked = kept.read(localStorage, "onrecord-keys") === "off";
    off.addEventListener("change", () => kept.write(localStorage, "onrecord-keys", off.checked ? "off" : "on"));
  }
  const showKeys = () => { if (list && !list.open) list.showModal(); };
  const items = () => all("[data-claim], [data-statement]").filter((item) => item.hasAttribute("tabindex") && item.checkVisibility());
  const current = () => document.activeElement && document.activeElement.closest("[data-claim][tabindex], [data-statement][tabindex]");
  const step = (by) => {
    const found = items();
    const at = found.indexOf(current());
    const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(found.length - 1, Math.max(0, at + by))];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  const open = (item) => {
    const link = item && (one("a[data-open]", item) || one("h3 a", item) || one("a", item));
    if (link) link.click();
  };
  const press = (key) => {
    const item = current();
    const mark = `[data-key="${CSS.escape(key)}"]`;
    const found = (item && one(mark, item)) || (item && item.parentElement.closest("[data-claim]") && one(mark, item.parentElement.closest("[data-claim]")))
      || all(mark).find((some) => !some.closest(".claim:not(.whole), [data-statement]"));
    if (found) found.click();
    return Boolean(found);
  };
  const typing = (target) => target.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
  let leader = false;
  const obey = (key) => {
    if (leader) {
      leader = false;
      if (places.has(`g ${key}`)) location.assign(places.get(`g ${key}`));
      return places.has(`g ${key}`);
    }
    if (key === "g") { leader = true; setTimeout(() => { leader = false; }, 1500); return true; }
    if (key === "?") { showKeys(); return true; }
    if (key === "/") { const find = one("#find"); if (find) find.focus(); return Boolean(find); }
    if (key === "j" || key === "k") { step(key === "j" ? 1 : -1); return true; }
    if (key === "o") { open(current()); return Boolean(current()); }
    return offered.has(key) && press(key);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (one("dialog[open]") || typing(event.target)) return;
    if (event.key === "Enter" && event.target === current()) { open(current()); event.preventDefault(); return; }
    if (off && off.checked) return;
    if (event.key.length === 1 && event.key !== " " && obey(event.key)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    // A page that is one form is sent from wherever the keys are.
    const open = one("dialog[open] #work-form form") || (!one("dialog[open]") && one("main #work-form form"));
    const form = event.target.closest("#work-form form") || open;
    if (form) form.requestSubmit(one("button.main", form));
  });

  // Claims stay marked for merging from page to page.
  const bar = one("form#pick");
  const shelf = bar && `onrecord-marks ${bar.dataset.story}`;
  const marks = () => JSON.parse((shelf && kept.read(sessionStorage, shelf)) || "[]");
  const boxes = () => all("input[form=pick]");
  const tellMarks = () => {
    const held = marks();
    boxes().forEach((box) => { box.checked = held.includes(box.value); });
    const here = boxes().map((box) => box.value);
    all("[data-elsewhere]", bar).forEach((field) => field.remove());
    held.filter((id) => !here.includes(id)).forEach((id) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "id", value: id });
      field.dataset.elsewhere = "yes";
      bar.append(field);
    });
    bar.hidden = !held.length;
    bar.classList.toggle("some", held.length > 0);
    one("[data-count]", bar).textContent = held.length ? `${held.length} marked` : "";
    one("[data-unmark]", bar).hidden = !held.length;
  };
  if (bar) {
    if (one("#notice")) kept.write(sessionStorage, shelf, "[]");
    document.addEventListener("change", (event) => {
      if (!event.target.matches("input[form=pick]")) return;
      const held = marks().filter((id) => id !== event.target.value);
      if (event.target.checked) held.push(event.target.value);
      kept.write(sessionStorage, shelf, JSON.stringify(held));
      tellMarks();
    });
    one("[data-unmark]", bar).addEventListener("click", () => { kept.write(sessionStorage, shelf, "[]"); tellMarks(); });
    document.addEventListener("htmx:afterSettle", tellMarks);
    tellMarks();
  }

  // After a form one is back at the thing that it was about, with the keys too.
  const landed = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (landed && landed.matches("[data-claim][tabindex], [data-statement][tabindex]")) landed.focus();
  const dismiss = one("[data-dismiss]");
  if (dismiss) {
    dismiss.hidden = false;
    dismiss.addEventListener("click", () => dismiss.closest(".notice").remove());
  }

  // Words are taken by selecting them: places in the report are counted in code points, a browser counts in UTF-16.
  const text = one("#text, #report-text");
  const placeOf = (node, offset, end) => {
    const within = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const run = within.closest("[data-at]");
    if (!run || !text.contains(run)) return null;
    const start = Number(run.dataset.at);
    if (run.dataset.shown !== undefined) return start + (end ? Number(run.dataset.shown) : 0);
    const before = document.createRange();
    before.setStart(run, 0);
    before.setEnd(node, offset);
    return start + [...before.toString()].length;
  };
  const edgeOf = (range, end) => {
    const found = end ? placeOf(range.endContainer, range.endOffset, true) : placeOf(range.startContainer, range.startOffset, false);
    if (found !== null) return found;
    const inside = all("[data-at]", text).filter((run) => range.intersectsNode(run) && run.textContent);
    const run = end ? inside.at(-1) : inside[0];
    if (!run) return null;
    const length = run.dataset.shown === undefined ? [...run.textContent].length : Number(run.dataset.shown);
    return Number(run.dataset.at) + (end ? length : 0);
  };
  const taken = () => {
    const chosen = getSelection();
    if (!text || !chosen.rangeCount || chosen.isCollapsed || !chosen.containsNode(text, true)) return null;
    const range = chosen.getRangeAt(0);
    let start = edgeOf(range, false), end = edgeOf(range, true), words = range.toString();
    if (start === null || end === null || start >= end) return null;
    // Blanks at the ends are caught by the mouse, not meant.
    if (!all("[data-shown]", text).some((run) => range.intersectsNode(run))) {
      start += [...words].length - [...words.trimStart()].length;
      end -= [...words].length - [...words.trimEnd()].length;
      words = words.trim();
    }
    return start < end ? { places: `${start}:${end}`, words } : null;
  };

  const prepare = (within) => {
    all("[data-take]", within).forEach((button) => {
      const field = one(`[data-part="${button.dataset.take}"]`, within);
      const places = one(`input[name="${button.dataset.take}_places"]`, within);
      button.hidden = false;
      // Pressing a button would take the selection away before it is read.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        const found = taken();
        if (!found) { field.focus(); return; }
        places.value = found.places;
        field.value = found.words;
      });
      field.addEventListener("input", () => { places.value = ""; });
    });
    const narrow = one("[data-narrow]", within);
    if (narrow) narrow.addEventListener("input", () => {
      const wanted = narrow.value.toLowerCase().split(/\s+/);
      all(".choices.long li", within).forEach((row) => {
        row.hidden = !one("input", row).checked && !wanted.every((word) => row.textContent.toLowerCase().includes(word));
      });
    });
  };
  prepare(document);

  // On the report's page a selection offers the statements that it touches for correcting.
  const taking = one("#taking");
  if (taking && text) {
    const names = new Map(all("li[data-statement]").map((row) => [row.id.replace(/^s-/, ""), row.dataset.statement]));
    const touched = (range) => {
      const ids = all("a.back", text).map((link) => link.getAttribute("href").slice(3));
      const ranked = ids.map((id) => {
        const start = one(`#a-${CSS.escape(id)}`, text), end = one(`a.back[href="#s-${CSS.escape(id)}"]`, text);
        const whole = document.createRange();
        whole.setStartAfter(start);
        whole.setEndBefore(end);
        const apart = range.compareBoundaryPoints(Range.END_TO_START, whole) > 0 || range.compareBoundaryPoints(Range.START_TO_END, whole) < 0;
        const gap = apart ? Math.min(...all("[data-at]", text).filter((run) => whole.intersectsNode(run))
          .map((run) => Math.abs(Number(run.dataset.at) - edgeOf(range, false)))) : -1;
        return { id, gap };
      });
      return ranked.filter((some) => names.has(some.id)).sort((a, b) => a.gap - b.gap).slice(0, 3);
    };
    const offer = () => {
      const found = taken();
      const rows = found ? touched(getSelection().getRangeAt(0)) : [];
      taking.hidden = !found;
      const add = document.createElement("a");
      add.className = "act";
      add.textContent = "Add these words as a statement…";
      if (found) add.href = `${taking.dataset.add}?${new URLSearchParams({ id: taking.dataset.report, content: found.places, back: taking.dataset.back })}`;
      taking.replaceChildren(add, ...rows.map(({ id }) => {
        const link = document.createElement("a");
        const number = one(`a.back[href="#s-${CSS.escape(id)}"]`, text).dataset.name;
        const asked = new URLSearchParams({ id: names.get(id), content: found.places, back: taking.dataset.back });
        link.className = "act";
        link.href = `${taking.dataset.correct}?${asked}`;
        link.textContent = `Make these the words of statement ${number}…`;
        return link;
      }));
    };
    document.addEventListener("selectionchange", () => { clearTimeout(offer.waiting); offer.waiting = setTimeout(offer, 150); });
  }

  // Files are dropped anywhere on a page that adds to a story; a job tells how far it is.
  const drop = one("[data-drop] input[type=file]");
  const names = one("[data-names]");
  if (drop) {
    const tell = () => names.replaceChildren(...[...drop.files].slice(0, 40).map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
    drop.addEventListener("change", tell);
    const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    const mark = (on) => drop.closest("[data-drop]").classList.toggle("over", on);
    addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); mark(true); } });
    addEventListener("dragleave", () => mark(false));
    addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      mark(false);
      drop.files = event.dataTransfer.files;
      tell();
    });
  }
  const watchJob = async () => {
    const job = one("[data-job]");
    if (!job) return;
    try {
      const answer = await fetch(job.dataset.job);
      const found = answer.ok && one("#job", new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (found) refresh(job, document.adoptNode(found));
    } catch { /* the next look may succeed */ }
    setTimeout(watchJob, 700);
  };
  const refresh = (job, found) => {
    // The line that is read out stays the same element, so that it is read when it changes.
    const line = one(".stage", job), fresh = one(".stage", found);
    if (line.textContent !== fresh.textContent) line.textContent = fresh.textContent;
    fresh.remove();
    const rest = (within) => [...within.children].filter((part) => part !== line);
    const html = (parts) => parts.map((part) => part.outerHTML).join("");
    if (html(rest(job)) !== html(rest(found))) {
      rest(job).forEach((part) => part.remove());
      job.append(...found.children);
    }
    if (!found.dataset.job) delete job.dataset.job;
  };
  if (one("[data-job]")) setTimeout(watchJob, 400);

  // What others do meanwhile is told quietly; the page itself changes only when it is asked to.
  const live = one("[data-live]");
  let every = 4000;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(live.dataset.live, { headers: { Accept: "application/json" } });
        every = answer.ok ? 4000 : 60000;
        if (answer.status === 200) tellNews(await answer.json());
      } catch { every = Math.min(60000, every * 2); }
    }
    setTimeout(look, every);
  };
  const tellNews = (news) => {
    const line = one("span", live);
    const told = news.current ? news.told : `${news.told} (being brought up to date)`;
    if (line.textContent !== told) line.textContent = told;
    one("a", live).hidden = false;
    live.classList.add("some");
  };
  if (live) setTimeout(look, every);
})();
