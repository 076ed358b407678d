// The stable entry of the ops-hub widgets: defines the elements. Everything that it loads is named
// by its hash, so that a page never meets a stale or missing file; this file alone has a fixed name
// and revalidates.

import { OpsEntity } from "./entity.js";
import { OpsWidget } from "./widget.js";

/** Shorthand elements and the kind of widget that each shows. */
const KINDS = {
  "ops-env": "environment",
  "ops-host": "host",
  "ops-service": "service",
  "ops-endpoint": "endpoint",
  "ops-readiness": "readiness",
  "ops-migration": "migration",
  "ops-catalog": "service-catalog",
  "ops-feed": "evidence-feed",
};

// A second copy of this script, or another version of it, leaves what is defined as it is.
const define = (tag, element) => customElements.get(tag) ?? customElements.define(tag, element);
define("ops-widget", OpsWidget);
for (const [tag, kind] of Object.entries(KINDS)) {
  define(tag, class extends OpsWidget {
    static kind = kind;
  });
}
define("ops-entity", OpsEntity);
