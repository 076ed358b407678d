// A Svelte application with a widget.
import { mount } from "svelte";
import Host from "./Host.svelte";

mount(Host, { target: document.getElementById("app") });
