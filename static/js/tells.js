/* Help while typing: what may betray the teller lights up, with what may stand there instead. It decides nothing.
   data-patterns="/address"   on the form: the rules, the same as the server's
   data-scanner="/address"    on the form: the script that looks, beside the page
   data-left="[…]"            on a textarea: what somebody chose to leave as it is
   The light is a copy of the text behind the field, so caret, undo, input methods and screen readers never notice. */
"use strict";
(() => {
  const form = document.querySelector("[data-patterns]");
  if (!form) return;
  // Nobody reads hundreds of rows, and so many make a slow machine wait; when one is dealt with the next comes in.
  const PAUSE = 150, ROWS = 60;
  const later = (what) => (window.requestIdleCallback || setTimeout)(what);
  const { tell, say } = window.dialoog;
  const lights = window.CSS?.highlights && window.Highlight
    ? { soft: new Highlight(), grave: new Highlight() }
    : null;
  if (lights) {
    CSS.highlights.set("tell", lights.soft);
    CSS.highlights.set("tell-grave", lights.grave);
  }
  const fields = [...form.querySelectorAll("[data-passage]")].map((area) => ({
    area, name: area.name, left: new Set(JSON.parse(area.dataset.left || "[]").map(String)), seen: null, hits: [], ranges: [],
    rows: null, listing: 0, timer: 0, asked: 0, undo: null, told: 0, box: document.getElementById(`hits-${area.name}`),
  }));

  // ---- The copy behind the field

  const SAME = ["font", "letterSpacing", "wordSpacing", "lineHeight", "textIndent", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "tabSize", "hyphens", "textAlign", "direction"];

  function lay(field) {
    const { area } = field, look = getComputedStyle(area), copy = document.createElement("div");
    copy.className = "tells";
    copy.setAttribute("aria-hidden", "true");
    SAME.forEach((name) => { copy.style[name] = look[name]; });
    copy.append(document.createTextNode(""));
    area.before(copy);
    area.classList.add("has-tells");
    field.copy = copy;
    const fit = () => {
      // Without the bar at the side, or lines would break elsewhere.
      Object.assign(copy.style, {
        insetBlockStart: `${area.offsetTop + area.clientTop}px`, insetInlineStart: `${area.offsetLeft + area.clientLeft}px`,
        inlineSize: `${area.clientWidth}px`, blockSize: `${area.clientHeight}px`,
      });
      copy.scrollTop = area.scrollTop;
    };
    new ResizeObserver(fit).observe(area);
    area.addEventListener("scroll", () => { copy.scrollTop = area.scrollTop; }, { passive: true });
    fit();
    field.fit = fit;
  }

  /* Only what changed is touched: the browser moves what lights up along with the words around it. */
  function shine(field) {
    if (!lights) return;
    const text = field.copy.firstChild;
    // A last line that is empty only counts with something in it.
    const { start, end, words } = changed(text.data, `${field.seen}\u200b`);
    if (words || end > start) text.replaceData(start, end - start, words);
    const lit = new Map(field.ranges.map((one) => [`${one.range.startOffset} ${one.range.endOffset} ${one.grave}`, one]));
    field.ranges = field.hits.map((hit) => {
      const name = `${hit.start} ${hit.end} ${hit.must}`, known = lit.get(name);
      if (known) {
        lit.delete(name);
        return Object.assign(known, { end: hit.end });
      }
      const range = new Range();
      range.setStart(text, hit.start);
      range.setEnd(text, hit.end);
      lights[hit.must ? "grave" : "soft"].add(range);
      return { range, end: hit.end, grave: hit.must };
    });
    lit.forEach(({ range, grave }) => lights[grave ? "grave" : "soft"].delete(range));
    field.copy.scrollTop = field.area.scrollTop;
  }

  /* From here on the copy is behind what is being typed: rather no light than one in the wrong place. */
  function dim(field, from) {
    field.ranges = field.ranges.filter(({ range, end, grave }) => {
      if (end <= from) return true;
      lights[grave ? "grave" : "soft"].delete(range);
      return false;
    });
  }

  /* Where two texts differ: from `start` to `end` of the old one there now stand these words. */
  function changed(was, is) {
    const most = Math.min(was.length, is.length);
    let start = 0, tail = 0;
    while (start < most && was.charCodeAt(start) === is.charCodeAt(start)) start += 1;
    while (tail < most - start && was.charCodeAt(was.length - 1 - tail) === is.charCodeAt(is.length - 1 - tail)) tail += 1;
    return { start, end: was.length - tail, words: is.slice(start, is.length - tail) };
  }

  // ---- The list under the field

  const capital = (field, hit, words) => (/(?:^|[.!?:]\s+|\n\s*)["‘“']?$/.test(field.seen.slice(Math.max(0, hit.start - 48), hit.start)) ? words[0].toUpperCase() + words.slice(1) : words);

  function button(words, hidden, kind) {
    const made = document.createElement("button");
    made.className = `utrecht-button utrecht-button--${kind} small-button`;
    made.innerHTML = '<span class="unseen"></span>';
    made.prepend(words);
    made.firstElementChild.textContent = hidden;
    return made;
  }

  function row(field, hit) {
    const item = document.createElement("li");
    // Its number is counted by the stylesheet, so that a row in the middle changes nothing below it.
    item.innerHTML = '<span class="num"></span><p class="swap"><span></span> → <b></b></p><div class="actions"></div>';
    item.querySelector(".swap span").textContent = hit.text;
    item.querySelector(".swap b").textContent = hit.proposal;
    const place = () => field.rows.findIndex((one) => one.item === item);
    const swap = button("Vervang", ` ${hit.text}`, "secondary-action");
    swap.type = "button";
    swap.addEventListener("click", () => {
      const now = field.hits[place()];
      replace(field, now?.text === hit.text ? now : hit);
    });
    item.querySelector(".actions").append(swap);
    if (hit.kind === "bsn") {
      item.querySelector(".swap").insertAdjacentHTML("beforeend", '<br><span class="small">Een burgerservicenummer mag nergens blijven staan. Vervang het.</span>');
      return item;
    }
    const leave = button("Laat staan", `: ${hit.text}`, "subtle");
    leave.name = "word";
    leave.addEventListener("click", () => { leave.value = `${field.name}:${place() + 1}:leave:${hit.text}`; });
    leave.setAttribute("form", form.id);
    leave.setAttribute("formaction", form.dataset.swap);
    item.querySelector(".actions").append(leave);
    return item;
  }

  const known = (hit) => JSON.stringify([hit.kind, hit.text, hit.proposal]);

  /* Rows that stay are left alone; new ones come a few at a time, whenever the browser has nothing else to do. */
  function list(field) {
    const { box } = field, hits = field.hits.slice(0, ROWS), left = field.hits.length - hits.length;
    field.listing += 1;
    box.hidden = !hits.length && !field.undo;
    const more = box.querySelector("[data-more]"), told = left ? `En nog ${left} ${left === 1 ? "plek" : "plekken"} verderop. Die komen in de lijst als u deze hebt gehad.` : "";
    if (more && more.textContent !== told) more.textContent = told;
    if (!field.rows) {
      box.querySelector(".hits").replaceChildren();
      field.rows = [];
    }
    const names = hits.map(known), most = Math.min(names.length, field.rows.length);
    let start = 0, tail = 0;
    while (start < most && field.rows[start].name === names[start]) start += 1;
    while (tail < most - start && field.rows.at(-1 - tail).name === names.at(-1 - tail)) tail += 1;
    field.rows.splice(start, field.rows.length - start - tail).forEach(({ item }) => item.remove());
    add(field, hits.slice(start, hits.length - tail), names, start, field.listing);
    const tip = box.querySelector("[data-key-tip]");
    if (tip && tip.hidden === hits.length > 0) tip.hidden = !hits.length;
    if (field.hits.length > field.told) sayLater(field);
    field.told = field.hits.length;
  }

  function add(field, hits, names, from, turn) {
    if (turn !== field.listing || !hits.length) return;
    const rows = hits.slice(0, 6).map((hit, place) => ({ item: row(field, hit), name: names[from + place] }));
    const before = field.rows[from]?.item || null, items = document.createDocumentFragment();
    rows.forEach(({ item }) => items.append(item));
    field.box.querySelector(".hits").insertBefore(items, before);
    field.rows.splice(from, 0, ...rows);
    later(() => add(field, hits.slice(6), names, from + 6, turn));
  }

  // Told once, when the typing rests: not at every letter.
  function sayLater(field) {
    clearTimeout(field.saying);
    field.saying = setTimeout(() => {
      if (!field.hits.length) return;
      const bsn = field.hits.some((hit) => hit.kind === "bsn");
      say(`${field.hits.length === 1 ? "Eén plek waaraan" : `${field.hits.length} plekken waaraan`} iemand de verteller kan herkennen.${bsn ? " Een burgerservicenummer mag niet blijven staan." : ""}`);
    }, 2500);
  }

  // ---- Replacing is typing: the browser's own undo takes it back

  function put(area, start, end, words) {
    area.focus();
    area.setSelectionRange(start, end);
    if (document.execCommand("insertText", false, words)) return;
    area.setRangeText(words, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function replace(field, hit) {
    const { area } = field;
    let start = hit.start;
    if (area.value.slice(start, start + hit.text.length) !== hit.text) start = area.value.indexOf(hit.text);
    if (start < 0) return;
    const words = capital(field, hit, hit.proposal);
    put(area, start, start + hit.text.length, words);
    undoable(field, start, hit.text, words);
    say(`${hit.text} is vervangen door ${words}. Control Z zet het terug.`);
    look(field, 0);
  }

  function undoable(field, start, was, is) {
    field.undo?.remove();
    const line = document.createElement("p");
    line.className = "swapped";
    line.innerHTML = "<span></span> ";
    line.firstElementChild.textContent = `‘${was}’ werd ‘${is}’.`;
    const back = button("Zet terug", `: ${was}`, "subtle");
    back.type = "button";
    back.addEventListener("click", () => {
      let at = start;
      if (field.area.value.slice(at, at + is.length) !== is) at = field.area.value.indexOf(is);
      if (at >= 0) put(field.area, at, at + is.length, was);
      line.remove();
      field.undo = null;
      look(field, 0);
    });
    line.append(back);
    field.undo = line;
    field.box.append(line);
  }

  // ---- Looking, beside the page

  let scanner = null;
  const waiting = new Map();

  function look(field, pause = PAUSE) {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => {
      if (!scanner || field.area.value === field.seen) return;
      const id = `${field.name} ${field.asked += 1}`;
      waiting.set(id, { field, text: field.area.value });
      scanner.postMessage({ id, text: field.area.value });
    }, pause);
  }

  function answered({ data }) {
    const { field, text } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.id !== `${field.name} ${field.asked}` || field.area.value !== text) return;
    field.seen = text;
    field.hits = data.hits.filter((hit) => !field.left.has(String([hit.kind, hit.text.toLowerCase()])));
    later(() => {
      if (field.area.value === text) shine(field);
    });
    later(() => {
      if (field.area.value === text) list(field);
    });
  }

  fields.forEach((field) => {
    const { area } = field;
    area.addEventListener("input", () => {
      if (lights) dim(field, Math.max(0, area.selectionStart - Math.max(0, area.value.length - (field.seen?.length ?? 0))));
      look(field);
    });
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.altKey || !field.hits.length) return;
      event.preventDefault();
      const before = field.hits.filter((hit) => hit.start <= area.selectionStart);
      replace(field, before.at(-1) || field.hits[0]);
    });
  });
  form.addEventListener("kitchen:changed", ({ detail }) => look(fields.find((field) => field.name === detail.field), 0));
  // Until the rules are here, or in a browser that cannot read them, the server's own look is shown after each save.
  form.addEventListener("kitchen:saved", ({ detail }) => {
    if (scanner || !detail.hits) return;
    const old = document.getElementById(`hits-${detail.field}`);
    if (old.contains(document.activeElement)) return;
    const next = new DOMParser().parseFromString(detail.hits, "text/html").querySelector("section");
    if (next.innerHTML === old.innerHTML) return;
    old.replaceWith(next);
    Object.assign(fields.find((field) => field.name === detail.field), { box: next, rows: null });
  });

  async function begin() {
    const book = await (await fetch(form.dataset.patterns)).json();
    // A browser that cannot read one of the rules says so here, and not in the middle of a story.
    book.rules.forEach((one) => new RegExp(one.pattern, `gd${one.flags}`));
    const made = new Worker(form.dataset.scanner);
    made.addEventListener("message", answered);
    made.postMessage({ book });
    scanner = made;
    if (lights) fields.forEach(lay);
    fields.forEach((field) => look(field, 0));
  }

  begin().catch(() => tell("Tijdens het typen licht er nu niets op. Na het opslaan staat het wel in de lijst."));
})();
