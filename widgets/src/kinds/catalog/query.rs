//! What the reader chose: kept with the widget's session and in the page's address.

use leptos::prelude::*;
use ops_model::{EntityRef, view::CatalogView};

use crate::{session::persisted, url_state, widget::use_instance};

/// The reader's view of one catalog. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Query {
    view: RwSignal<CatalogView>,
    /// How the view is spelled, for the session; `None` until the reader changes it or the address is read.
    spelled: RwSignal<Option<String>>,
    /// The name of the page's parameter: the widget's own, so that two catalogs on a page keep apart.
    parameter: StoredValue<String>,
    /// The row that is open.
    pub open: RwSignal<Option<EntityRef>>,
    /// How far the rows are scrolled, in CSS px.
    pub scroll_top: RwSignal<i32>,
    /// Counts how often the rows started from the top again.
    pub restarts: RwSignal<u32>,
}

impl Query {
    /// The view of before; at first the one that the page's address says.
    pub fn new() -> Self {
        let parameter = use_instance().name.clone();
        let spelled = persisted::<Option<String>>("view");
        if spelled.read_untracked().is_none() {
            spelled.set(Some(url_state::read(&parameter).unwrap_or_default()));
        }
        let view = CatalogView::parse(spelled.read_untracked().as_deref().unwrap_or_default());
        Self {
            view: RwSignal::new(view),
            spelled,
            parameter: StoredValue::new(parameter),
            open: persisted("open"),
            scroll_top: persisted("scroll"),
            restarts: RwSignal::new(0),
        }
    }

    /// A memo of one part of the view.
    pub fn part<T>(self, read: impl Fn(&CatalogView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| read(&self.view.read()))
    }

    /// The view now, for an event handler.
    pub fn now(self) -> CatalogView {
        self.view.get_untracked()
    }

    /// Changes the view and the address; the rows start from the top again.
    pub fn change(self, change: impl FnOnce(&mut CatalogView)) {
        let mut view = self.now();
        change(&mut view);
        let spelled = view.print();
        url_state::write_soon(&self.parameter.read_value(), &spelled);
        self.scroll_top.set(0);
        self.restarts.update(|restarts| *restarts += 1);
        self.spelled.set(Some(spelled));
        self.view.set(view);
    }

    /// Whether the page has an address that can be shared.
    pub fn has_link(self) -> bool {
        url_state::link(&self.parameter.read_value(), "").is_some()
    }

    /// The page's address with this view, for somebody else.
    pub fn link(self) -> Option<String> {
        url_state::link(&self.parameter.read_value(), &self.view.read().print())
    }
}
