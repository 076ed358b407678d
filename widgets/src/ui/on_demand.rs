//! Views whose code is loaded when a reader first asks for them.

use std::future::Future;

use leptos::prelude::*;

use crate::texts::{Texts, use_texts};

/// The code of a view could not be loaded; the browser's console says why.
#[derive(Clone, Copy, Debug)]
pub struct LoadError;

// `From` takes the splitter's own error, which `?` in the code of its macro needs.
#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for LoadError {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares an `async` function that loads the code of a view, then draws it.
///
/// In the release bundle, the function to the right of `=` and all that nothing else needs become a chunk: a file
/// of its own, which the page loads at the first call. In all other builds, tests too, the code is there from the
/// start. The chunk has the function's name, which must be unique in the bundle. Arguments are passed by value.
///
/// ```ignore
/// crate::on_demand! {
///     /// The picture of what a service depends on.
///     pub(crate) fn dependency_picture(subject: EntityRef) -> AnyView = graph::dependency_picture_view;
/// }
///
/// view! { <OnDemand load=move || dependency_picture(subject.clone()) /> }
/// ```
///
/// Whoever needs the view calls the declared function. A call of the function to the right of `=` anywhere else
/// would bring its code back into what every page loads.
#[macro_export]
macro_rules! on_demand {
    ($(#[$doc:meta])* $visible:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> AnyView = $draw:path;) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[::leptos::wasm_split::wasm_split($name, wasm_split_path = ::leptos::wasm_split, fallible)]
        $visible fn $name($($arg: $type),*) -> Result<::leptos::prelude::AnyView, $crate::ui::LoadError> {
            Ok($draw($($arg),*))
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        $visible async fn $name($($arg: $type),*) -> Result<::leptos::prelude::AnyView, $crate::ui::LoadError> {
            Ok($draw($($arg),*))
        }
    };
}
/// Shows a view of [`on_demand!`] in its place. Until it is there, it says that it is loading; where it cannot be
/// loaded, it says so and lets the reader try again.
#[component]
pub fn OnDemand<Load, Loading>(
    /// Begins to load the view, with the arguments that it is to be drawn with.
    load: Load,
) -> impl IntoView
where
    Load: Fn() -> Loading + Send + 'static,
    Loading: Future<Output = Result<AnyView, LoadError>> + Send + 'static,
{
    let texts = use_texts();
    let attempt = RwSignal::new(0_u32);
    view! {
        <Suspense fallback=move || {
            view! { <p class="detail" aria-busy="true">{texts.loading}</p> }
        }>
            {move || {
                attempt.track();
                let loading = untrack(&load);
                Suspend::new(async move { loading.await.unwrap_or_else(|LoadError| failure(texts, attempt)) })
            }}
        </Suspense>
    }
}

/// What stands in the place of a view whose code could not be loaded.
fn failure(texts: &'static Texts, attempt: RwSignal<u32>) -> AnyView {
    view! {
        <div class="message away" role="alert">
            <p class="lead">{texts.not_loaded}</p>
            <button type="button" class="button" on:click=move |_| attempt.update(|number| *number += 1)>
                {texts.retry}
            </button>
        </div>
    }
    .into_any()
}
