//! The service catalog in a real browser: found, narrowed, ordered, read by keyboard, at any size.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use support::{reader::*, *};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// The parameters of the page's address.
fn parameters() -> String {
    web_sys::window().unwrap().location().search().unwrap()
}

fn key(key: &str, ctrl: bool) {
    let document = web_sys::window().unwrap().document().unwrap();
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_ctrl_key(ctrl);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    document.active_element().unwrap().dispatch_event(&event).unwrap();
}

/// The focused cell: its row and column.
fn at() -> (String, String) {
    let cell = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    let row = cell.closest("[aria-rowindex]").unwrap().unwrap();
    (row.get_attribute("aria-rowindex").unwrap(), cell.get_attribute("aria-colindex").unwrap_or_default())
}

#[wasm_bindgen_test]
async fn facets_narrow_with_counts_and_are_taken_back() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(4), &[]));
    assert!(shown.text().contains("5 of 5 shown"), "{}", shown.text());
    let owner = named(&shown, ".menu.facet", "Owner");
    open(&owner).await;
    assert!(owner.text_content().unwrap().contains("apps2"), "{:?}", owner.text_content());
    press(&named(&shown, ".menu.facet .check", "no owner recorded").query_selector("input").unwrap().unwrap());
    settle().await;
    assert_eq!(rows(&shown), ["service:git", "service:s00001", "service:s00003"]);
    assert!(find(&shown, ".chip").text_content().unwrap().contains("no owner recorded"));

    // The view is in the address, for whoever opens it next, who is not kept waiting for it.
    let other = instance("service-catalog", hub_of(many(4), &[]));
    assert_eq!(rows(&other).len(), 3);
    assert!(parameters().contains("service-catalog=owner.*_"), "{}", parameters());

    press(&find(&shown, ".chip"));
    settle().await;
    assert_eq!(rows(&shown).len(), 5);
    gloo_timers::future::TimeoutFuture::new(400).await;
    assert!(!parameters().contains("service-catalog"), "{}", parameters());
}

#[wasm_bindgen_test]
async fn what_is_typed_is_in_the_address_after_a_while_or_when_the_reader_leaves() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(4), &[]));
    let field: HtmlElement = find(&shown, "input[type=search]").unchecked_into();
    let write = |text: &str| {
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    };
    field.focus().unwrap();
    for text in ["s", "se", "ser"] {
        write(text);
        settle().await;
        assert!(!parameters().contains("service-catalog"), "each key is written: {}", parameters());
    }
    gloo_timers::future::TimeoutFuture::new(400).await;
    assert!(parameters().contains("service-catalog=q.ser"), "{}", parameters());
    write("serv");
    field.blur().unwrap();
    assert!(parameters().contains("service-catalog=q.serv"), "{}", parameters());
    let window = web_sys::window().unwrap();
    write("servi");
    window.dispatch_event(&Event::new("pagehide").unwrap()).unwrap();
    assert!(parameters().contains("service-catalog=q.servi"), "{}", parameters());
    forget_address();
}

#[wasm_bindgen_test]
async fn what_is_in_a_menu_is_drawn_while_it_is_open() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(4), &[]));
    assert_eq!(shown.count(".menu-panel *"), 0, "nobody has opened a menu");
    let owner = named(&shown, ".menu.facet", "Owner");
    open(&owner).await;
    assert!(owner.has_attribute("open"));
    let count = |words: &str| named(&shown, ".check", words).query_selector(".count-mark").unwrap().unwrap();
    assert_eq!(count("apps").text_content().as_deref(), Some("2"));
    // The counts of an open menu follow what is looked for.
    let field = find(&shown, "input[type=search]");
    js_sys::Reflect::set(&field, &"value".into(), &"00002".into()).unwrap();
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    settle().await;
    assert_eq!(count("apps").text_content().as_deref(), Some("1"));
    open(&owner).await;
    frames().await;
    assert_eq!((owner.has_attribute("open"), shown.count(".menu-panel *")), (false, 0), "closed again");
    // Whoever opens it otherwise than by a press finds the same in it.
    owner.set_attribute("open", "").unwrap();
    frames().await;
    assert_eq!(count("apps").text_content().as_deref(), Some("1"));
    forget_address();
}

#[wasm_bindgen_test]
async fn rows_are_sorted_grouped_and_columns_hidden() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(3), &[]));
    press(&named(&shown, ".head-button", "Service or data store"));
    settle().await;
    press(&named(&shown, ".head-button", "Service or data store"));
    settle().await;
    assert_eq!(rows(&shown)[0], "service:s00002", "by name, turned round");
    assert_eq!(find(&shown, "[aria-sort=descending]").get_attribute("aria-colindex").as_deref(), Some("1"));

    choose(&named(&shown, ".choice", "Group").query_selector("select").unwrap().unwrap(), "owner");
    settle().await;
    assert_eq!(shown.count(".group-row"), 2);
    assert!(find(&shown, ".group-row").text_content().unwrap().contains("apps"));

    open(&find(&shown, ".columns")).await;
    press(&named(&shown, ".columns .check", "Migration wave").query_selector("input").unwrap().unwrap());
    settle().await;
    assert_eq!(shown.count("[data-question=moves-to]"), 0);
    assert_eq!(find(&shown, "[role=grid]").get_attribute("aria-colcount").as_deref(), Some("7"));
    forget_address();
}

#[wasm_bindgen_test]
async fn a_heat_map_has_a_sign_a_question_and_a_row_opens_in_place() {
    forget_address();
    let shown = instance("service-catalog", hub(&[]));
    press(&named(&shown, ".segment-button", "Heat map"));
    settle().await;
    assert_eq!(shown.count(".heat .cell .cell-sign[role=img][aria-label]"), 7);
    press(&find(&shown, ".row-toggle"));
    settle().await;
    let details = find(&shown, ".details-row").text_content().unwrap();
    assert!(details.contains("restore evidence") && details.contains("No evidence yet"), "{details}");
    press(&find(&shown, ".row-toggle"));
    settle().await;
    assert_eq!(shown.count(".details-row"), 0);
    forget_address();
}

#[wasm_bindgen_test]
async fn keys_move_from_cell_to_cell_and_into_links() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(3), &[]));
    assert_eq!(shown.count("[role=grid] [data-cell][tabindex='0']"), 1, "one stop of the Tab key");
    assert_eq!(shown.count("[role=grid] a:not([tabindex='-1'])"), 0);
    find(&shown, "[data-cell][tabindex='0']").unchecked_into::<HtmlElement>().focus().unwrap();
    for (name, ctrl, expected) in [
        ("ArrowDown", false, ("2", "1")),
        ("ArrowRight", false, ("2", "2")),
        ("End", false, ("2", "8")),
        ("ArrowRight", false, ("2", "8")),
        ("End", true, ("5", "8")),
        ("Home", false, ("5", "1")),
        ("PageUp", false, ("1", "1")),
        ("Home", true, ("1", "1")),
    ] {
        key(name, ctrl);
        assert_eq!(at(), (expected.0.to_owned(), expected.1.to_owned()), "after {name}");
        assert_eq!(shown.count("[role=grid] [data-cell][tabindex='0']"), 1, "after {name}");
    }
    key("ArrowDown", false);
    key(" ", false);
    settle().await;
    assert_eq!(shown.count(".details-row"), 1, "space opens the row");
    key("Enter", false);
    let focused = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert_eq!(focused.tag_name(), "BUTTON", "the name's cell has a button and a link");
    key("Escape", false);
    assert_eq!(at(), ("2".to_owned(), "1".to_owned()));
}

#[wasm_bindgen_test]
async fn of_many_rows_those_in_sight_are_drawn() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(5_000), &[]));
    scroller(&shown);
    assert!(shown.text().contains("5001 of 5001 shown"));
    assert_eq!(rows(&shown).len(), 16, "at first those in sight");
    frames().await;
    assert_eq!(rows(&shown).len(), 22, "then those that come into sight first");
    assert_eq!(find(&shown, "[role=grid]").get_attribute("aria-rowcount").as_deref(), Some("5002"));

    find(&shown, "[data-cell][tabindex='0']").unchecked_into::<HtmlElement>().focus().unwrap();
    key("End", true);
    frames().await;
    assert_eq!(at(), ("5002".to_owned(), "8".to_owned()), "the last row was drawn and has the focus");
    assert_eq!(rows(&shown).last().map(String::as_str), Some("service:s04999"));
    assert!(rows(&shown).len() <= 22);
    key("Home", true);
    frames().await;
    assert_eq!(at(), ("1".to_owned(), "1".to_owned()));
}

/// The place in which the rows scroll, in the style that it has on a page: rows of one height.
fn scroller(shown: &Shown) -> HtmlElement {
    let style = web_sys::window().unwrap().document().unwrap().create_element("style").unwrap();
    style.set_text_content(Some(include_str!("../styles/8-catalog.css")));
    shown.element.append_child(&style).unwrap();
    find(shown, ".scroll").unchecked_into()
}

/// The `aria-rowindex` of the rows in the order in which they stand.
fn places(shown: &Shown) -> Vec<u32> {
    let all = shown.element.query_selector_all("tbody tr[aria-rowindex]").unwrap();
    let row = |nth| all.item(nth).unwrap().unchecked_into::<Element>();
    (0..all.length()).map(|nth| row(nth).get_attribute("aria-rowindex").unwrap().parse().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn rows_that_stay_are_moved_and_not_drawn_again() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(5_000), &[]));
    let scroller = scroller(&shown);
    frames().await;
    let stays = find(&shown, "tr[data-row='service:s00012']");
    let changed = changes(&stays, "");
    // Down and up again, by less and by more than what is drawn around what is in sight.
    for (line, first) in [(8, 7), (9, 7), (12, 11), (9, 5), (6, 5), (5, 1), (0, 0), (10, 9)] {
        scroller.set_scroll_top(44 * line);
        frames().await;
        let expected: Vec<u32> = (first..first + 22).map(|line| line + 2).collect();
        assert_eq!(places(&shown), expected, "scrolled to line {line}");
        assert!(find(&shown, "tr[data-row='service:s00012']").is_same_node(Some(&stays)), "scrolled to line {line}");
    }
    assert_eq!(changed(), 0, "it was changed");
    // Details stand as long as they are in sight, and what is in sight is drawn.
    scroller.set_scroll_top(0);
    frames().await;
    press(&find(&shown, "tr[aria-rowindex='4'] .row-toggle"));
    frames().await;
    for line in 0..20 {
        scroller.set_scroll_top(44 * line);
        frames().await;
        let (top, bottom) = (44 * line, 44 * line + 704);
        let is_open = shown.count(".details-row") == 1;
        assert!(is_open || top > 3 * 44 + 360, "its details at line {line}");
        let spaces = shown.element.query_selector_all(".space").unwrap();
        let heights: Vec<i32> = (0..spaces.length())
            .map(|nth| spaces.item(nth).unwrap().unchecked_into::<HtmlElement>().offset_height())
            .collect();
        let ends = scroller.scroll_height() - heights[1];
        assert!(heights[0] <= top && ends >= bottom, "line {line}: {heights:?}, to {ends}");
    }
    scroller.set_scroll_top(0);
    frames().await;
    press(&find(&shown, "tr[aria-rowindex='4'] .row-toggle"));
    frames().await;
    // Beyond all that was drawn, each row shows another one.
    scroller.set_scroll_top(44 * 3000);
    frames().await;
    assert_eq!(places(&shown).first(), Some(&3001));
    assert!(find(&shown, "tr[data-row='service:s02999']").is_connected());
    // The focus stays where it is, though its row goes.
    let cell = find(&shown, "tr[aria-rowindex='3002'] [data-cell]").unchecked_into::<HtmlElement>();
    cell.focus().unwrap();
    scroller.set_scroll_top(44 * 3006);
    frames().await;
    assert_eq!(places(&shown).first(), Some(&3007));
    let focused = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert!(focused.is_same_node(Some(&cell)));
}

#[wasm_bindgen_test]
async fn typing_leaves_the_toolbar_and_other_widgets_as_they_are() {
    forget_address();
    let other = instance("service", hub_of(many(60), &[]));
    let shown = instance("service-catalog", hub_of(many(60), &[]));
    open(&find(&shown, ".export")).await;
    let toolbar = changes(&find(&shown, ".toolbar"), "data-copy");
    let elsewhere = changes(&other.element, "");
    let field = find(&shown, "input[type=search]");
    for text in ["service 0001", "service 00", ""] {
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        field.dispatch_event(&Event::new("input").unwrap()).unwrap();
        settle().await;
    }
    assert!(shown.text().contains("61 of 61 shown"));
    assert_eq!((toolbar(), elsewhere()), (0, 0));

    // What is copied is the view with what is looked for all the same.
    js_sys::Reflect::set(&field, &"value".into(), &"0001".into()).unwrap();
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    settle().await;
    let link = find(&shown, ".export [data-copy]").get_attribute("data-copy").unwrap();
    assert!(link.contains("q.0001"), "{link}");
    press(&named(&shown, ".segment-button", "Heat map"));
    settle().await;
    assert!(toolbar() > 0, "the toolbar shows the layout");
    forget_address();
}

#[wasm_bindgen_test]
async fn scrolling_shows_other_rows_in_the_same_elements() {
    forget_address();
    let shown = instance("service-catalog", hub_of(many(5_000), &[]));
    let scroller = scroller(&shown);
    assert!(scroller.class_list().contains("filled"), "its height is fixed, so that it is laid out alone");
    let elements = || {
        let all = shown.element.query_selector_all("tr").unwrap();
        (0..all.length()).filter_map(|nth| all.item(nth)).collect::<Vec<_>>()
    };
    scroller.set_scroll_top(44_000);
    frames().await;
    let (before, first) = (elements(), rows(&shown)[0].clone());
    for top in [44_000 + 44 * 8, 100_000, 20_000] {
        scroller.set_scroll_top(top);
        frames().await;
        assert_ne!(rows(&shown)[0], first);
        assert!(elements().iter().all(|one| before.contains(one)), "rows were made");
    }
    let at = usize::try_from(20_000 / 44).unwrap();
    let in_sight: Vec<String> = (at..at + 16).map(|nth| format!("service:s{nth:05}")).collect();
    let drawn = rows(&shown);
    assert!(in_sight.iter().all(|one| drawn.contains(one)), "{drawn:?}");
}

#[wasm_bindgen_test]
async fn a_catalog_without_services_says_so() {
    forget_address();
    let mut catalog = catalog();
    catalog["entities"].as_array_mut().unwrap().retain(|entity| entity["ref"] != "service:git");
    assert!(instance("service-catalog", hub_of(catalog, &[])).text().contains("holds no service"));
}
