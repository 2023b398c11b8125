/* What Zotero's translators need around them, as far as they ask for it here: items, statements of RDF, names, a text to read.
 *
 * The translators are Zotero's own; they decide on types and fields. What stands here is ours, and does as Zotero does: an author
 * is cut at a comma, else before the last word; an item keeps the fields that its type has; a CSL record of a book with a version
 * is a program.
 *
 * A function of the translators by name, of the name of the one to use, and of a text to import, or null to save the open page.
 * It answers with the items.
 */
async (sources, name, text) => {
  const BOTH = ["title", "abstractNote", "date", "shortTitle", "url", "accessDate", "rights", "language", "extra"];
  const BOOKS = [...BOTH, "series", "seriesNumber", "volume", "numberOfVolumes", "edition", "place", "publisher", "ISBN"];
  const FIELDS = {
    book: [...BOOKS, "numPages"],
    bookSection: [...BOOKS, "bookTitle", "pages"],
    webpage: [...BOTH, "websiteTitle", "websiteType"],
    computerProgram: [...BOTH, "versionNumber", "company", "system", "ISBN"],
    journalArticle: [...BOTH, "publicationTitle", "volume", "issue", "pages", "ISSN"],
  };
  const CONTAINERS = { bookSection: "bookTitle", webpage: "websiteTitle" };
  const saved = [], faults = [];

  class Item {
    constructor(type) {
      this.itemType = type;
      for (const list of ["creators", "tags", "notes", "attachments", "seeAlso"]) this[list] = [];
    }
  }

  const cleanAuthor = (author, creatorType, useComma) => {
    const name = author.replace(/^[\s.,/[\]:]+|[\s.,/[\]:]+$/g, "").replace(/\s+/g, " ");
    const [lastName, firstName = ""] = useComma ? name.split(/, ?/) : [name.split(" ").at(-1), name.split(" ").slice(0, -1).join(" ")];
    return { firstName, lastName, creatorType };
  };
  const xpath = (node, query, names) => {
    const found = document.evaluate(query, node, (prefix) => names?.[prefix] ?? null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    return Array.from({ length: found.snapshotLength }, (_, at) => found.snapshotItem(at));
  };
  const fromCSL = (item, record) => {
    const types = { book: record.version ? "computerProgram" : "book", chapter: "bookSection", webpage: "webpage" };
    const fields = { title: "title", "container-title": "publicationTitle", edition: "edition", URL: "url", language: "language" };
    item.itemType = types[record.type];
    for (const [theirs, ours] of Object.entries(fields)) if (record[theirs]) item[ours] = record[theirs];
    item.date = record.issued["date-parts"][0].map((part) => String(part).padStart(2, "0")).join("-");
    item.creators = record.author.map(({ literal, family, given }) =>
      literal ? { lastName: literal, fieldMode: 1 } : { lastName: family, firstName: given });
  };
  const trimInternal = (words) => words.replace(/\s+/g, " ").trim();
  const utilities = {
    cleanAuthor, xpath, trimInternal,
    xpathText: (node, query, names) => xpath(node, query, names).map((found) => found.textContent).join(", ") || null,
    trim: (words) => words.trim(),
    strToISO: (words) => words?.match(/\d{4}(-\d\d){0,2}/)?.[0],
    unescapeHTML: (words) => new DOMParser().parseFromString(words, "text/html").documentElement.textContent,
    resolveURL: (address) => new URL(address, document.baseURI).href,
    itemTypeExists: (type) => type in FIELDS,
    fieldIsValidForType: (field, type) => !!FIELDS[type]?.includes(field === "publicationTitle" ? CONTAINERS[type] : field),
    getCreatorsForType: () => ["author", "editor", "contributor"],
    itemFromCSLJSON: fromCSL,
    deepCopy: structuredClone,
    cleanDOI: (words) => words.match(/10\.\d{4,}\/\S*[^\s.,]/)?.[0] ?? null,
    cleanISBN: (words) => words.replace(/[- ]/g, "").match(/^(97[89])?\d{9}[\dX]$/)?.[0] ?? false,
    cleanISSN: (words) => words.match(/^\d{4}-\d{3}[\dX]$/)?.[0] ?? false,
  };
  const attr = (node, query, what) => node.querySelector(query)?.getAttribute(what) ?? "";

  /** A translator in a room of its own, as Zotero runs each. `done` is told of each item. */
  const load = (label, done, rest = text ?? "") => {
    const statements = [], nodes = new Map();
    const node = (uri) => nodes.get(uri) ?? nodes.set(uri, { uri }).get(uri);
    const some = (found) => (found.length ? found : false);
    const Zotero = {
      Utilities: utilities,
      Item: class extends Item { complete() { done(this); } },
      debug() {}, setProgress() {}, getHiddenPref() {}, getOption() {},
      read(size) {  // so many letters, or a line
        if (!rest) return false;
        const end = size ?? (rest.indexOf("\n") + 1 || rest.length);
        const part = rest.slice(0, end);
        rest = rest.slice(end);
        return size ? part : part.replace(/\r?\n$/, "");
      },
      RDF: {
        addStatement: (subject, predicate, value) => statements.push([node(subject), predicate, value]),
        getAllResources: () => some([...nodes.values()]),
        getTargets: (subject, predicate) => some(statements.filter((s) => s[0] === subject && s[1] === predicate).map((s) => s[2])),
        getSources: (value, predicate) => some(statements.filter((s) => s[2] === value && s[1] === predicate).map((s) => s[0])),
        getArcsIn: (value) => some(statements.filter((s) => s[2] === value).map((s) => s[1])),
        getArcsOut: (subject) => statements.filter((s) => s[0] === subject).map((s) => s[1]),
        getResourceURI: (thing) => thing.uri ?? thing,
        getContainerElements: () => [],
      },
      loadTranslator() {
        let inner;
        return {
          setTranslator: (id) => { inner = Object.keys(sources).find((key) => sources[key].includes(`"translatorID": "${id}"`)); },
          setHandler: (_event, handler) => { this.handler = handler; },
          getTranslatorObject: (use) => {
            const { Zotero, exports, doImport } = load(inner, (item) => {
              item.complete = () => done(item);  // it is the outer translator's now
              this.handler(null, item);
            });
            use(Object.assign(exports, { Zotero, doImport: () => doImport().catch((fault) => faults.push(fault)) }));
          },
        };
      },
    };
    const body = sources[label].slice(sources[label].indexOf("\n}\n") + 3);  // what stands before describes the translator
    const parts = "doWeb, doImport".split(", ").map((part) => `${part}: typeof ${part} === "undefined" ? null : ${part}`).join();
    const run = new Function("Zotero", "Z", "ZU", "attr", `${body}\nreturn { exports: typeof exports === "undefined" ? {} : exports, ${parts} }`);
    return { Zotero, ...run(Zotero, Zotero, utilities, attr) };
  };

  const translator = load(name, (item) => saved.push(item));
  await (text === null ? translator.doWeb(document, document.location.href) : translator.doImport());
  await Promise.resolve();  // the one within may still have to say that it failed
  if (faults.length) throw faults[0];
  return saved.map((item) => {
    const type = item.itemType;
    const kept = { type, creators: item.creators.map(({ firstName = "", lastName }) => [firstName, lastName]), notes: item.notes.length };
    const container = CONTAINERS[type];
    if (container && item.publicationTitle) item[container] ??= item.publicationTitle;
    for (const field of FIELDS[type]) if (item[field]) kept[field] = item[field];
    return kept;
  });
}
