//! Views in a real document: drawn, drawn again with only what differs, taken away with all they hold.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::{
    cell::Cell,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use ops_widgets::view::{
    Make, Mounted, ev,
    html::{a, details, div, input, li, p, span, summary, ul},
    mount,
    prelude::*,
    svg,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn place() -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let element: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&element).unwrap();
    element
}

/// Draws what `view` gives for a text, which is set to draw again.
fn drawn(view: impl Fn(String) -> View + Send + Sync + 'static) -> (HtmlElement, ArcRwSignal<String>, Mounted) {
    let (element, text) = (place(), ArcRwSignal::new(String::new()));
    let read = text.clone();
    let mounted = mount(&element, move || (move || view(read.get())).draw());
    (element, text, mounted)
}

async fn set(text: &ArcRwSignal<String>, value: &str) {
    text.set(value.to_owned());
    any_spawner::Executor::tick().await;
}

fn active() -> Option<web_sys::Element> {
    web_sys::window().unwrap().document().unwrap().active_element()
}

#[wasm_bindgen_test]
async fn what_stays_is_the_same_element_and_keeps_the_focus() {
    let (place, text, _mounted) = drawn(|text| {
        let words = text.clone();
        div().class(["box ", &text].concat()).child((a().href(["#", &text].concat()).child(words), text)).draw()
    });
    let link: HtmlElement = place.query_selector("a").unwrap().unwrap().unchecked_into();
    link.focus().unwrap();
    set(&text, "two").await;
    assert_eq!(place.inner_text(), "twotwo");
    assert_eq!(link.get_attribute("href").as_deref(), Some("#two"));
    assert!(active().is_some_and(|active| active == *link), "the link lost the focus");
}

#[wasm_bindgen_test]
async fn lists_grow_and_shrink_in_their_place() {
    let (place, text, _mounted) = drawn(|text| {
        let items: Vec<View> = text.chars().map(|one| li().child(one.to_string()).draw()).collect();
        let maybe = text.contains('b').then(|| p().child("has b"));
        (ul().child(("[", items, "]")), maybe, span().child("end")).draw()
    });
    for (value, expected) in [("", "[]end"), ("abc", "[abc]has bend"), ("c", "[c]end"), ("bd", "[bd]has bend")] {
        set(&text, value).await;
        assert_eq!(place.text_content().unwrap(), expected);
    }
    assert_eq!(place.query_selector_all("li").unwrap().length(), 2);
}

#[wasm_bindgen_test]
async fn keyed_elements_move_on_and_are_made_only_where_they_are_not_there() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = made.clone();
    // "3-5 1": the elements 3 to 5, made of 1.
    let (place, text, _mounted) = drawn(move |text| {
        let Some((from, rest)) = text.split_once('-') else { return ().draw() };
        let (to, of) = rest.split_once(' ').unwrap();
        let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
        let count = count.clone();
        let make: Make = Arc::new(move |key, of| {
            count.fetch_add(1, Ordering::Relaxed);
            li().child([of.to_string(), key.to_string()].concat())
        });
        ul().child((from..=to).map(|key| keyed(key, of.parse().unwrap(), &make)).collect::<Vec<_>>()).draw()
    });
    set(&text, "3-6 1").await;
    let fifth = place.query_selector("li:nth-child(3)").unwrap().unwrap();
    let cases = [
        ("3-6 1", "13141516", 0, "the same again"),
        ("5-8 1", "15161718", 2, "two stay"),
        ("2-5 1", "12131415", 3, "one stays, the other way"),
        ("2-5 2", "22232425", 4, "made of another"),
        ("3-5 2", "232425", 0, "one goes"),
        ("3-6 2", "23242526", 1, "one comes"),
        ("20-21 2", "220221", 2, "none of them"),
    ];
    for (value, expected, new, what) in cases {
        made.store(0, Ordering::Relaxed);
        set(&text, value).await;
        assert_eq!((place.text_content().unwrap().as_str(), made.load(Ordering::Relaxed)), (expected, new), "{what}");
        assert!(!what.contains("stay") || fifth.text_content().unwrap() == "15", "another element shows it: {what}");
    }
    set(&text, "19-22 2").await;
    assert_eq!(place.text_content().unwrap(), "219220221222");
}

/// What a document says of rows, and what happens at a press of each.
fn pressed(place: &HtmlElement, count: &Rc<Cell<usize>>) -> Vec<usize> {
    let all = place.query_selector_all("a").unwrap();
    (0..all.length())
        .map(|nth| {
            count.set(0);
            all.item(nth).unwrap().unchecked_into::<HtmlElement>().click();
            count.get()
        })
        .collect()
}

#[wasm_bindgen_test]
async fn an_element_that_is_like_the_one_before_it_has_nothing_of_that() {
    thread_local!(static COUNT: Rc<Cell<usize>> = Rc::default());
    let (place, text, _mounted) = drawn(|text| {
        let rows: Vec<View> = text
            .chars()
            .enumerate()
            .map(|(nth, one)| {
                let link = a()
                    .attr("data-nth", nth.to_string())
                    .title((nth % 2 == 0).then_some("even"))
                    .on(ev::click, move |_| COUNT.with(|count| count.set(count.get() + nth + 1)))
                    .child(if nth == 1 { span().child("second").draw() } else { one.to_string().draw() });
                let field = input().prop("value", one.to_string());
                li().class("row")
                    .child((link, (nth == 2).then_some("third"), field, ["x", "y"].map(str::to_owned).to_vec()))
                    .draw()
            })
            .collect();
        ul().child(rows).draw()
    });
    set(&text, "abcd").await;
    let links = "<a data-nth=\"0\" title=\"even\">a</a>, <a data-nth=\"1\"><span>second</span></a>, \
                 <a data-nth=\"2\" title=\"even\">c</a>, <a data-nth=\"3\">d</a>";
    let found = place.query_selector_all("a").unwrap();
    let spelled = |nth| found.item(nth).unwrap().unchecked_into::<web_sys::Element>().outer_html();
    assert_eq!((0..found.length()).map(spelled).collect::<Vec<_>>().join(", "), links);
    assert_eq!(place.text_content().unwrap(), "axysecondxycthirdxydxy");
    let count = COUNT.with(Rc::clone);
    assert_eq!(pressed(&place, &count), [1, 2, 3, 4], "each has its own listener, once");
    // Drawn again, each changes by itself; what a page did to the last is not in those that come behind it.
    let last: web_sys::Element = found.item(3).unwrap().unchecked_into();
    last.set_attribute("aria-label", "by the page").unwrap();
    set(&text, "zbcdef").await;
    assert_eq!(place.text_content().unwrap(), "zxysecondxycthirdxydxyexyfxy");
    assert_eq!(place.query_selector_all("[aria-label]").unwrap().length(), 1);
    assert_eq!(pressed(&place, &count), [1, 2, 3, 4, 5, 6]);
    set(&text, "b").await;
    assert_eq!(place.text_content().unwrap(), "bxy");
}

#[wasm_bindgen_test]
async fn another_element_in_the_same_place_takes_nothing_over() {
    let (place, text, _mounted) = drawn(|text| match text.as_str() {
        "" => div().class("one").title("first").child("one").draw(),
        "two" => div().id("two").child(p().child("two")).draw(),
        "named" => div().class("one").title(Some("first")).attr("hidden", true).child("one").draw(),
        "bare" => div().class("one").title(None::<String>).attr("hidden", false).id("bare").child("one").draw(),
        _ => span().child("three").draw(),
    });
    set(&text, "two").await;
    let found = place.query_selector("div").unwrap().unwrap();
    assert_eq!((found.get_attribute("class"), found.get_attribute("title")), (None, None));
    assert_eq!(found.outer_html(), "<div id=\"two\"><p>two</p></div>");
    set(&text, "named").await;
    assert_eq!(found.outer_html(), "<div class=\"one\" title=\"first\" hidden=\"\">one</div>");
    set(&text, "bare").await;
    assert_eq!(found.outer_html(), "<div class=\"one\" id=\"bare\">one</div>");
    set(&text, "three").await;
    assert_eq!(place.query_selector_all("div").unwrap().length(), 0);
    assert_eq!(place.text_content().unwrap(), "three");
}

#[wasm_bindgen_test]
async fn what_a_reader_opened_and_typed_stays() {
    let (place, text, _mounted) = drawn(|text| {
        details()
            .attr("data-at", text)
            .child((summary().child("more"), input().prop("value", "given"), input().r#type("checkbox")))
            .draw()
    });
    let details = place.query_selector("details").unwrap().unwrap();
    details.set_attribute("open", "").unwrap();
    let field = place.query_selector("input").unwrap().unwrap();
    let value = || js_sys::Reflect::get(&field, &"value".into()).unwrap().as_string();
    assert_eq!(value().as_deref(), Some("given"));
    js_sys::Reflect::set(&field, &"value".into(), &"typed".into()).unwrap();
    set(&text, "again").await;
    assert!(details.has_attribute("open"));
    assert_eq!(details.get_attribute("data-at").as_deref(), Some("again"));
    assert_eq!(value().as_deref(), Some("typed"));
}

#[wasm_bindgen_test]
async fn a_live_part_follows_its_own_signal_and_the_latest_drawing() {
    let inner = ArcRwSignal::new(1);
    let (read, shown) = (inner.clone(), inner.clone());
    let (place, text, _mounted) = drawn(move |text| {
        let (read, shown) = (read.clone(), shown.clone());
        let class = move || ["n", &shown.get().to_string()].concat();
        div().class(class).child(move || [&text, ":", &read.get().to_string()].concat()).draw()
    });
    inner.set(2);
    any_spawner::Executor::tick().await;
    let shown = || place.query_selector("div").unwrap().unwrap().outer_html();
    assert_eq!(shown(), "<div class=\"n2\">:2</div>");
    set(&text, "x").await;
    inner.set(3);
    any_spawner::Executor::tick().await;
    assert_eq!(shown(), "<div class=\"n3\">x:3</div>");
}

#[wasm_bindgen_test]
async fn a_listener_acts_for_the_latest_drawing_once() {
    let heard = ArcRwSignal::new(String::new());
    let into = heard.clone();
    let (place, text, _mounted) = drawn(move |text| {
        let into = into.clone();
        div().on(ev::click, move |_| into.update(|heard| *heard = [heard, text.as_str(), ";"].concat())).draw()
    });
    let element: HtmlElement = place.query_selector("div").unwrap().unwrap().unchecked_into();
    element.click();
    set(&text, "two").await;
    element.click();
    assert_eq!(heard.get_untracked(), ";two;");
}

#[wasm_bindgen_test]
async fn what_is_taken_away_lets_go_of_everything() {
    struct Kept(Rc<Cell<u32>>);
    impl Drop for Kept {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    thread_local!(static DROPPED: Rc<Cell<u32>> = Rc::default());
    let (place, text, mounted) = drawn(|text| {
        let keep = |_: &web_sys::Element| Kept(DROPPED.with(Rc::clone));
        let runs = move || [text.as_str(), "!"].concat();
        div().child((p().made(keep).child(runs), span().made(keep))).draw()
    });
    set(&text, "a").await;
    assert_eq!(place.text_content().unwrap(), "a!");
    assert_eq!(DROPPED.with(|dropped| dropped.get()), 0, "drawn again, and still the same elements");
    let element = place.query_selector("p").unwrap().unwrap();
    drop(mounted);
    assert_eq!(DROPPED.with(|dropped| dropped.get()), 2);
    assert_eq!(place.child_nodes().length(), 0);
    set(&text, "b").await;
    assert_eq!(element.text_content().unwrap(), "a!", "nothing follows the signal any more");
    element.dispatch_event(&Event::new("click").unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn who_wants_the_element_gets_it_also_in_the_place_of_another() {
    thread_local!(static MADE: Rc<Cell<u32>> = Rc::default());
    let count = |_: &web_sys::Element| MADE.with(|made| made.set(made.get() + 1));
    let (place, text, _mounted) = drawn(move |text| {
        let plain = p().child("plain");
        if text.is_empty() { plain.draw() } else { p().class(text).made(count).draw() }
    });
    set(&text, "one").await;
    set(&text, "two").await;
    assert_eq!(MADE.with(|made| made.get()), 1);
    assert_eq!(place.query_selector("p").unwrap().unwrap().class_name(), "two");
    set(&text, "").await;
    set(&text, "three").await;
    assert_eq!(MADE.with(|made| made.get()), 2);
}

#[wasm_bindgen_test]
fn pictures_are_made_in_their_own_namespace_and_texts_are_texts() {
    let (place, _text, _mounted) = drawn(|_| {
        let drawing = svg::svg().attr("viewBox", "0 0 1 1").child(svg::rect().attr("width", 1));
        (drawing, "<b>no markup</b>").draw()
    });
    let rect = place.query_selector("svg > rect").unwrap().unwrap();
    assert_eq!(rect.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(rect.get_attribute("width").as_deref(), Some("1"));
    assert_eq!(place.query_selector_all("b").unwrap().length(), 0);
    assert_eq!(place.text_content().unwrap(), "<b>no markup</b>");
}
