/* What every text that saves itself has in common: when it is sent, how the words of others come in beside the caret,
   and what a person can do when it could not be kept. Used by writing.js and kitchen.js as window.dialoog.typing. */
"use strict";
(() => {
  const { tell } = window.dialoog;

  // ---- Two texts, told as the places where they differ: from and to in the old one, and the words that stand there now

  function trimmed(from, to, at = 0) {
    let start = 0, end = 0;
    const most = Math.min(from.length, to.length);
    while (start < most && from[start] === to[start]) start += 1;
    while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
    if (start + end === from.length && start + end === to.length) return null;
    return { from: at + start, to: at + from.length - end, words: to.slice(start, to.length - end) };
  }

  /* Which words of `a` stand in `b` too, in the same order. */
  function common(a, b) {
    const width = b.length + 1;
    const longest = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        longest[i * width + j] = a[i] === b[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) { pairs.push([i, j]); i += 1; j += 1; }
      else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i += 1;
      else j += 1;
    }
    return pairs;
  }

  /* A stretch in which letters only came: where they came. Two halves of a word that somebody parted stay what they are. */
  function grown(old, change) {
    const { from, words } = change;
    if (!old || old.length > 200 || words.length > 400) return [change];
    const pairs = common(old.split(""), words.split(""));
    if (pairs.length < old.length) return [change];
    let i = 0, j = 0;
    const found = [];
    for (const [x, y] of [...pairs, [old.length, words.length]]) {
      if (y > j) found.push({ from: from + i, to: from + i, words: words.slice(j, y) });
      i = x + 1;
      j = y + 1;
    }
    return found;
  }

  function changes(from, to) {
    const whole = trimmed(from, to);
    if (!whole) return [];
    const words = (text) => text.match(/\s+|\S+/g) || [];
    // Whole words on both sides of what differs, so that a word that grew is seen as that word.
    let start = whole.from, end = whole.to;
    while (start > 0 && /\S/.test(from[start - 1])) start -= 1;
    while (end < from.length && /\S/.test(from[end])) end += 1;
    const a = words(from.slice(start, end)), b = words(to.slice(start, to.length - (from.length - end)));
    if (!a.length || !b.length || a.length * b.length > 250000) return [whole];
    const found = [];
    let at = start, i = 0, j = 0;
    for (const [x, y] of [...common(a, b), [a.length, b.length]]) {
      const old = a.slice(i, x).join("");
      const change = trimmed(old, b.slice(j, y).join(""), at);
      if (change) found.push(...grown(old.slice(change.from - at, change.to - at), change));
      at += old.length + (a[x]?.length || 0);
      i = x + 1;
      j = y + 1;
    }
    return found;
  }

  /* The words that came in stand right before mine, also where they are the same ones. */
  function before(from, to) {
    const most = Math.min(from.length, to.length);
    let start = 0, end = 0;
    while (end < most && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
    while (start < most - end && from[start] === to[start]) start += 1;
    return [{ from: start, to: from.length - end, words: to.slice(start, to.length - end) }];
  }

  /* Both changed `base`: lay the two together, and say where each place of my text comes to stand. Nothing that either
     typed is dropped; what the server could not lay together it has told of already. */
  function together(base, mine, theirs, isAfter) {
    const others = isAfter ? before(base, theirs) : changes(base, theirs);
    const all = [...changes(base, mine).map((one) => ({ ...one, own: true })), ...others].sort((a, b) => a.from - b.from || a.to - b.to);
    let text = "", done = 0, here = 0;
    const moves = [];
    const keep = (upto) => {
      moves.push({ from: here, at: text.length });
      text += base.slice(done, upto);
      here += upto - done;
      done = upto;
    };
    for (let n = 0; n < all.length;) {
      const from = all[n].from, cluster = [];
      let to = all[n].to;
      while (n < all.length && (all[n].from < to || all[n].from === from || (all[n].from === to && cluster.some((one) => one.own !== all[n].own)))) {
        to = Math.max(to, all[n].to);
        cluster.push(all[n]);
        n += 1;
      }
      keep(from);
      const read = (hunks) => {
        let words = "", at = from;
        hunks.forEach((one) => { words += base.slice(at, one.from) + one.words; at = one.to; });
        return words + base.slice(at, to);
      };
      const own = read(cluster.filter((one) => one.own)), other = read(cluster.filter((one) => !one.own));
      const was = base.slice(from, to), hasOwn = cluster.some((one) => one.own), hasOther = cluster.some((one) => !one.own);
      if (!hasOther || own === other) {
        moves.push({ from: here, at: text.length });
        text += own;
      } else if (!hasOwn) {
        moves.push({ from: here, at: text.length, gone: own.length, now: other.length });
        text += other;
      } else {
        // Both in one place. Who goes on where they were stays there, and the other's words come after it; where theirs
        // stand instead of what was there, mine come beside them, so that I see it and can mend it.
        // Also after a blank of mine comes a blank: I am about to go on with a word.
        const gap = (after) => (/^\S/.test(after) ? " " : "");
        if (own.startsWith(was) && other.startsWith(was)) {
          const added = other.slice(was.length);
          moves.push({ from: here, at: text.length });
          text += own + gap(added) + added;
        } else {
          moves.push({ from: here, at: text.length + other.length + gap(own).length });
          text += other + gap(own) + own;
        }
      }
      here += own.length;
      done = to;
    }
    keep(base.length);
    const place = (old) => {
      // At a seam the caret stays with the words before it: what somebody else puts there comes after it.
      const move = moves.findLast((one) => one.from < old) || moves[0];
      return Math.min(text.length, move.at + (move.gone === undefined ? old - move.from : Math.min(old - move.from, move.now)));
    };
    return { text, place };
  }

  const guests = new WeakMap();
  const filled = (letter) => /\S/.test(letter || "");
  const around = ({ value, selectionStart: at }) => [value[at - 1], value[at]];

  /* Put what stands on the server in a field that somebody may have typed on in since `sent`. The focus stays, and the
     caret stays between the same words. Gives whether words of somebody else came in. `isAfter`: what was
     sent came to stand right after theirs. */
  function weave(area, sent, text, isAfter = false) {
    if (text === sent) return false;
    const mine = area.value;
    const { text: now, place } = together(sent, mine, text, isAfter);
    if (now === mine) return false;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = area;
    const before = around(area);
    area.value = now;
    area.setSelectionRange(place(selectionStart), place(selectionEnd), selectionDirection);
    area.scrollTop = scrollTop;
    guests.set(area, around(area).map((letter, side) => filled(letter) && !filled(before[side])));
    return true;
  }

  /* Words of somebody else came to stand right at my caret: what I type next is no part of their word. */
  function keepApart(area, typed) {
    const guest = guests.get(area);
    guests.delete(area);
    if (!guest || !filled(typed?.[0]) || area.selectionStart !== area.selectionEnd) return;
    ["end", "start"].forEach((where, side) => { if (guest[side]) area.setRangeText(" ", area.selectionStart, area.selectionStart, where); });
  }
  const moveAway = (area) => guests.delete(area);

  // ---- When: shortly after the last key, and at the latest so long after the first

  function later(part, save, pause, longest) {
    const now = performance.now();
    part.first = part.first || now;
    clearTimeout(part.timer);
    part.timer = setTimeout(() => save(part), Math.max(0, Math.min(pause, part.first + longest - now)));
  }

  // ---- When it could not be kept

  /* The sentence with which the server refused, when it gave one. */
  async function refusal(response, otherwise = "") {
    const page = new DOMParser().parseFromString(await response.text().catch(() => ""), "text/html");
    return response.status === 422 ? page.querySelector("#inhoud [role=alert]")?.textContent.trim() : otherwise;
  }

  const isAnswer = (response) => response.ok && response.headers.get("Content-Type")?.startsWith("application/json");

  async function copyAll(areas, who) {
    const filled = areas.filter((area) => area.value.trim());
    const all = filled.map((area) => `${area.labels[0].textContent.trim()}\n${area.value}`).join("\n\n");
    try {
      await navigator.clipboard.writeText(all);
      tell(`De tekst is gekopieerd. Plak hem in een document dat alleen ${who} leest.`);
    } catch {
      areas[0].select();
      tell("Kopiëren mag hier niet vanzelf. De tekst is aangewezen: druk op Ctrl en C.");
    }
  }

  /* Everything is saved first; only then the page goes on. Without a connection it stays, with the words.
     `lingers` says that something of it still lies on the device, `before` takes that away. */
  function sendLast(form, { waits, stuck, saveAll, lingers = () => false, before = () => {} }) {
    let tidied = false;
    form.addEventListener("submit", async (event) => {
      if (!waits() && (tidied || !lingers())) {
        tidied = false;
        return;
      }
      event.preventDefault();
      delete form.dataset.sent;
      const { submitter } = event;
      for (let tries = 0; tries < 20 && waits() && !stuck(); tries += 1) {
        await saveAll();
        if (waits() && !stuck()) await new Promise((done) => { setTimeout(done, 250); });
      }
      if (waits()) return tell("Nog niet alles is opgeslagen. Dit kan pas als er weer verbinding is. Wat u typte staat er nog.", "error");
      await before();
      // Once: a device that does not let go keeps nobody from going on.
      tidied = true;
      form.requestSubmit(submitter);
    });
  }

  window.dialoog.typing = { changes, together, weave, keepApart, moveAway, later, refusal, isAnswer, copyAll, sendLast };
})();
