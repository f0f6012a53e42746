/* The other reader of experiences/scan/patterns.py: the same rules, beside the page, so that typing never waits.
   Told {book} once, then {id, text}; answers {id, hits}. A test holds it to the same hits as the server. */
"use strict";
(() => {
  let book = null, rules = [], sets = {}, spelled = null, unseen = new Set(), accent = null, odd = null;
  const known = new Map();

  function open(told) {
    book = told;
    sets = Object.fromEntries(Object.entries(book.lists).map(([name, words]) => [name, new Set(words)]));
    spelled = new RegExp(Object.keys(book.numbers).sort((a, b) => b.length - a.length).join("|"), "i");
    unseen = new Set(book.unseen);
    accent = new RegExp(`[${book.accents}]`);
    odd = new RegExp(`[${Object.keys(book.plain).join("")}${book.unseen}${book.accents}]`);
    const around = ["before", "not_before", "after", "not_after", "unlike", "figures"];
    rules = book.rules.map((data) => ({
      data,
      pattern: new RegExp(data.pattern, data.group ? `gd${data.flags}` : `g${data.flags}`),
      around: around.filter((name) => data[name]).map((name) => [name, new RegExp(data[name], "i")]),
    }));
  }

  // ---- What a hit is held against

  const figures = (words) => words.replace(/[^0-9+]/g, "");

  function isBsn(words) {
    const d = [...words.replace(/[^0-9]/g, "")].map(Number);
    if (d.length !== 9 || !d.some(Boolean)) return false;
    return (d.slice(0, 8).reduce((sum, one, n) => sum + one * (9 - n), 0) - d[8]) % 11 === 0;
  }

  function isAccount(words) {
    const number = words.replace(/[ .-]/g, "").toUpperCase();
    if (book.accounts[number.slice(0, 2)] !== number.length) return false;
    let rest = 0;
    for (const sign of number.slice(4) + number.slice(0, 4)) {
      const value = parseInt(sign, 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest === 1;
  }

  function account(words) {
    for (let end = words.length; end > 14; end -= 1) {
      if (/[0-9A-Za-z]/.test(words[end - 1]) && isAccount(words.slice(0, end))) return words.slice(0, end);
    }
    return "";
  }

  function withoutTail(words) {
    let tail;
    while ((tail = /[ \t\n\u00a0](\S+)$/.exec(words)) && sets.no_names.has(tail[1].toLowerCase())) words = words.slice(0, tail.index);
    return words;
  }

  function number(words) {
    const plain = /[0-9]+/.exec(words);
    if (plain) return Number(plain[0]);
    const word = spelled.exec(words);
    return word ? book.numbers[word[0].toLowerCase()] : -1;
  }

  function stands({ data, around }, text, start, end, words) {
    const before = text.slice(Math.max(0, start - book.near), start), after = text.slice(end, end + book.near);
    const sides = { before, not_before: before, after, not_after: after, unlike: words, figures: figures(words) };
    for (const [name, pattern] of around) {
      if (pattern.test(sides[name]) !== ["before", "after", "figures"].includes(name)) return false;
    }
    if (data.check === "bsn" && !isBsn(words)) return false;
    if (data.range && !(data.range[0] <= number(words) && number(words) <= data.range[1])) return false;
    const parts = words.toLowerCase().trim().split(/\s+/), word = data.first ? parts[0] : parts.at(-1);
    const listed = !data.listed || sets[data.listed].has(word) || sets[data.listed].has(word.split("-")[0]);
    return listed && (!data.not_listed || !sets[data.not_listed].has(word));
  }

  // ---- What may stand there instead

  function band(years) {
    if (years < 10) return "jonger dan 10 jaar";
    if (years >= 90) return "ouder dan 90 jaar";
    const tens = Math.floor(years / 10) * 10;
    return `tussen ${tens} en ${tens + 10} jaar`;
  }

  const YEAR = /(?:19|20)[0-9][0-9]|[0-9][0-9]$/;
  const IS_BEFORE = /(?:^|[^a-z])(?:ben|bent|is|was|word|wordt|werd)\s(?:(?:nu|net|al|bijna|inmiddels|pas)\s)?$/i;

  function decade(words) {
    const found = YEAR.exec(words);
    let year = found ? Number(found[0]) : 0;
    if (year < 100) year += year > 26 ? 1900 : 2000;
    const tens = Math.floor((year % 100) / 10);
    if (year < 2000 && tens >= 2) return `de jaren ${book.tens[tens - 2]}`;
    return year >= 2000 ? "deze eeuw" : "de vorige eeuw";
  }

  const SAYS = {
    "=street": (words, before) => {
      const article = /(?:^|[^a-z])(de|het)[ \n]$/i.exec(before);
      if (article) return article[1].toLowerCase() === "de" ? "straat" : "plein";
      return /[0-9]/.test(words) ? "een adres hier" : "een straat hier";
    },
    "=age": (words, before) => {
      const years = number(words);
      return 20 <= years && years < 90 && IS_BEFORE.test(before) ? `${book.tens[Math.floor(years / 10) - 2]}er` : band(years);
    },
    "=old": (words) => `${band(number(words))} oud`,
    "=grown": (words) => (number(words) >= 18 ? "volwassen" : "jonge"),
    "=tenth": (words) => `${Math.floor(number(words) / 10) * 10}e`,
    "=decade": decade,
    "=birth": (words) => {
      const year = YEAR.exec(words);
      if (!year || !/gebo|geb\b|jaar|lichting|wereld/i.test(words)) return /geboren/i.test(words) ? "ooit geboren" : "ooit jarig";
      return `geboren in ${decade(year[0])}`;
    },
    "=date": (words) => {
      const year = /(?:19|20)[0-9][0-9]/.exec(words);
      return year ? `een dag in ${year[0]}` : "een dag";
    },
  };

  // ---- Looking

  function* find(one, text) {
    const { data, pattern } = one;
    let at = 0, match;
    while (at <= text.length && (pattern.lastIndex = at, match = pattern.exec(text))) {
      const [start, stop] = data.group ? match.indices[data.group] || [match.index, match.index] : [match.index, match.index + match[0].length];
      let words = text.slice(start, stop);
      if (data.first) words = withoutTail(words);
      if (data.check === "iban") words = account(words);
      at = match.index + 1;
      const end = start + words.length;
      if (!words || !stands(one, text, start, end, words)) continue;
      at = Math.max(end, at);
      const says = data.says[0] === "=" ? SAYS[data.says](words, text.slice(Math.max(0, start - book.near), start)) : data.says;
      yield { kind: data.kind, start, end, text: words, proposal: says, must: data.must };
    }
  }

  /* What is pasted may hold signs that only look like a blank, a dash or a figure, and signs that nobody sees. */
  function plain(text) {
    if (!odd.test(text)) return { words: text, places: null };
    const signs = [], places = [];
    for (let place = 0; place < text.length; place += 1) {
      const sign = text[place];
      if (unseen.has(sign)) continue;
      if (signs.length && accent.test(sign)) {
        const whole = (signs.at(-1) + sign).normalize("NFC");
        if (whole.length === 1) signs[signs.length - 1] = whole;
        continue;
      }
      signs.push(book.plain[sign] ?? sign);
      places.push(place);
    }
    places.push(text.length);
    return { words: signs.join(""), places };
  }

  function look(text) {
    const found = [], { words, places } = plain(text);
    for (const one of rules) {
      for (const hit of find(one, words)) {
        if (!found.some((known) => hit.start < known.end && known.start < hit.end)) found.push(hit);
      }
    }
    found.sort((a, b) => a.start - b.start);
    if (!places) return found;
    return found.map((hit) => {
      const start = places[hit.start], end = places[hit.end];
      return { ...hit, start, end, text: text.slice(start, end) };
    });
  }

  /* Paragraph by paragraph: only what changed is looked at again. */
  function scan(text) {
    const hits = [];
    let at = 0;
    for (const piece of text.split(/(\n[ \t]*\n)/)) {
      if (!known.has(piece)) {
        if (known.size > 500) known.clear();
        known.set(piece, look(piece));
      }
      for (const hit of known.get(piece)) hits.push({ ...hit, start: hit.start + at, end: hit.end + at });
      at += piece.length;
    }
    return hits;
  }

  self.onmessage = ({ data }) => {
    if (data.book) open(data.book);
    else self.postMessage({ id: data.id, hits: book ? scan(data.text) : [] });
  };
})();
