//! What the reader chose: kept while the widget is mounted, and in the page's address.

use crate::view::prelude::*;
use ops_model::view::CatalogView;

use crate::{address, scope::Scene};

/// The reader's view of one catalog widget. Clones share it.
#[derive(Clone)]
pub(super) struct Chosen {
    text: ArcRwSignal<String>,
    /// The same without what is looked for: what shows only this stays as it is while somebody types.
    rest: ArcRwSignal<String>,
    scroll: ArcRwSignal<String>,
    name: String,
}

impl Chosen {
    /// What was chosen before; at first what the page's address says.
    pub(super) fn of(scene: &Scene) -> Self {
        let (text, rest) = (scene.memory.text("view"), scene.memory.text("view-rest"));
        let read = scene.memory.text("view-read");
        let name = scene.instance.name.clone();
        if read.with_untracked(String::is_empty) {
            read.set("read".to_owned());
            if let Some(said) = address::read(&name) {
                let view = CatalogView::parse(&said);
                text.set(view.print());
                rest.set(without_query(view));
            }
        }
        Self { text, rest, scroll: scene.memory.text("scroll"), name }
    }

    /// The view; whoever asks in a rendering renders again when it changes.
    pub(super) fn view(&self) -> CatalogView {
        CatalogView::parse(&self.text.get())
    }

    /// The view but for what is looked for; whoever asks renders again when another part changes.
    pub(super) fn arrangement(&self) -> CatalogView {
        CatalogView::parse(&self.rest.get())
    }

    /// The view now.
    pub(super) fn now(&self) -> CatalogView {
        CatalogView::parse(&self.text.get_untracked())
    }

    /// Changes the view and the address; the rows start from the top again.
    pub(super) fn change(&self, with: &dyn Fn(&mut CatalogView)) {
        let mut view = self.now();
        with(&mut view);
        let printed = view.print();
        address::write_soon(&self.name, &printed);
        self.scroll.update_untracked(String::clear);
        self.text.set(printed);
        let rest = without_query(view);
        if self.rest.with_untracked(|before| *before != rest) {
            self.rest.set(rest);
        }
    }

    /// Whether the page has an address that can be shared.
    pub(super) fn has_link(&self) -> bool {
        address::link(&self.name, "").is_some()
    }

    /// The page's address with this view, for somebody else.
    pub(super) fn link(&self) -> Option<String> {
        address::link(&self.name, &self.text.get())
    }
}

fn without_query(mut view: CatalogView) -> String {
    view.query.clear();
    view.print()
}
