//! The guide's words, in both of the reader's languages.

/// Every word of the guide. A note is a heading and what stands under it, in which `{…}` is code.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) eyebrow: &'static str,
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) empty: &'static str,
    pub(super) widget: &'static str,
    pub(super) theme: &'static str,
    pub(super) themes: [&'static str; 3],
    pub(super) density: &'static str,
    pub(super) densities: [&'static str; 2],
    pub(super) language: &'static str,
    pub(super) page_language: &'static str,
    pub(super) refresh: &'static str,
    pub(super) live: &'static str,
    pub(super) view_context: &'static str,
    pub(super) own_context: &'static str,
    pub(super) elsewhere: &'static str,
    pub(super) snippet: &'static str,
    pub(super) frame: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) preview: &'static str,
    pub(super) head: &'static str,
    pub(super) layout: &'static str,
    pub(super) view: &'static str,
    pub(super) notes: [(&'static str, &'static str); 5],
}

/// The words in `en` or `de`.
pub(super) fn of(lang: &str) -> &'static Texts {
    if lang == "de" { &DE } else { &EN }
}

const EN: Texts = Texts {
    eyebrow: "For authors of pages",
    title: "Embed a widget",
    lead: "One script, one element. Choose what to show; what you see is what your page will show.",
    empty: "No widgets are registered here yet: there is nothing to embed.",
    widget: "Widget",
    theme: "Theme",
    themes: ["Reader’s", "Light", "Dark"],
    density: "Density",
    densities: ["Comfortable", "Compact"],
    language: "Language",
    page_language: "Page’s",
    refresh: "Read at least every",
    live: "live",
    view_context: "View context of events recorded here",
    own_context: "the widget’s own",
    elsewhere: "My page is on another origin",
    snippet: "What to write",
    frame: "Frame",
    copy: "Copy",
    copied: "Copied",
    preview: "Preview",
    head: "Once, in the document's head:",
    layout: "Web/View/Layout.hs, in the head; Turbolinks and morphdom may change the page as they like:",
    view: "The view:",
    notes: [
        (
            "Policy",
            "The element needs {script-src} and {connect-src} for the hub’s origin and {'wasm-unsafe-eval'}; no inline style, no inline script, and it works under {require-trusted-types-for 'script'}.",
        ),
        (
            "Caching and upgrades",
            "{ops-hub.js} has a fixed name and revalidates. All that it loads is named by its hash, never changes, and is refused if its SHA-384 differs. A new version is there with the next reload; nothing is to be cleared.",
        ),
        (
            "Versions",
            "Pages of 1.x stay valid under every 1.y: attributes, events, custom properties and parts are kept. Where two versions are on one page, the first one defines the elements.",
        ),
        (
            "Another origin",
            "The hub names the origins that may ask it ({--allow-origin}). The page names the hub and gives a token when it is asked: {OpsHub.tokens}. A token never stands in an attribute, and is kept nowhere.",
        ),
        (
            "Frames",
            "A frame with {allow-scripts} alone has no origin, no storage and no session. It asks the page around it for the token, which {embed-size.js} gives to the hub’s document only; the hub has to allow the origin {null}.",
        ),
    ],
};

const DE: Texts = Texts {
    eyebrow: "Für alle, die Seiten schreiben",
    title: "Ein Widget einbetten",
    lead: "Ein Skript, ein Element. Wählen Sie, was zu sehen sein soll; was Sie sehen, zeigt auch Ihre Seite.",
    empty: "Hier sind noch keine Widgets registriert: Es gibt nichts einzubetten.",
    widget: "Widget",
    theme: "Farben",
    themes: ["Wie gewohnt", "Hell", "Dunkel"],
    density: "Abstände",
    densities: ["Bequem", "Eng"],
    language: "Sprache",
    page_language: "Der Seite",
    refresh: "Lesen mindestens alle",
    live: "live",
    view_context: "Sichtkontext hier aufgezeichneter Ereignisse",
    own_context: "der des Widgets",
    elsewhere: "Meine Seite hat einen anderen Ursprung",
    snippet: "Was zu schreiben ist",
    frame: "Rahmen",
    copy: "Kopieren",
    copied: "Kopiert",
    preview: "Vorschau",
    head: "Einmal, im Kopf des Dokuments:",
    layout: "Web/View/Layout.hs, im Kopf; Turbolinks und morphdom dürfen die Seite ändern, wie sie wollen:",
    view: "Die Ansicht:",
    notes: [
        (
            "Richtlinie",
            "Das Element braucht {script-src} und {connect-src} für den Ursprung des Hubs und {'wasm-unsafe-eval'}; keinen Stil und kein Skript im Text der Seite, und es läuft unter {require-trusted-types-for 'script'}.",
        ),
        (
            "Zwischenspeicher und neue Versionen",
            "{ops-hub.js} hat einen festen Namen und wird jedes Mal geprüft. Alles, was es lädt, heißt nach seinem Hash, ändert sich nie und wird abgelehnt, wenn sein SHA-384 nicht stimmt. Eine neue Version ist beim nächsten Laden da; zu leeren ist nichts.",
        ),
        (
            "Versionen",
            "Seiten für 1.x bleiben unter jeder 1.y gültig: Attribute, Ereignisse, eigene Stileigenschaften und Teile bleiben. Wo zwei Versionen auf einer Seite sind, legt die erste die Elemente fest.",
        ),
        (
            "Anderer Ursprung",
            "Der Hub nennt die Ursprünge, die ihn fragen dürfen ({--allow-origin}). Die Seite nennt den Hub und gibt ein Token, wenn sie gefragt wird: {OpsHub.tokens}. Ein Token steht nie in einem Attribut und wird nirgends aufbewahrt.",
        ),
        (
            "Rahmen",
            "Ein Rahmen mit {allow-scripts} allein hat keinen Ursprung, keinen Speicher und keine Sitzung. Er fragt die Seite um ihn herum nach dem Token, das {embed-size.js} nur dem Dokument des Hubs gibt; der Hub muss den Ursprung {null} zulassen.",
        ),
    ],
};
