// What an author writes against the bundle's declarations; it compiles, and what is wrong does not.
import type { OpsWidget } from "ops-hub-widgets";

const widget: OpsWidget = document.createElement("ops-env");
widget.viewContext = "pages/wiki/7";
widget.refreshSeconds = 5;
widget.theme = "dark";
widget.addEventListener("ops-select", (event) => event.detail.ref.length);
widget.addEventListener("ops-error", (event) => event.detail.error.message);
widget.refresh().then(() => {});
globalThis.OpsHub = { tokens: { "https://hub.example": async () => "token" } };

// @ts-expect-error: there is no such theme
widget.theme = "pink";
// @ts-expect-error: there is no such event detail
widget.addEventListener("ops-ready", (event) => event.detail.ref);
