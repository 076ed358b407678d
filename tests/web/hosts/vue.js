// A Vue application with a widget.
import { createApp, ref } from "vue";

const app = createApp({
  setup() {
    const [name, theme, shown, heard, widget] = [ref("local"), ref(), ref(true), ref([]), ref(null)];
    return { name, theme, shown, heard, widget, hear: (event) => heard.value.push(event.type) };
  },
  template: `<main>
    <button id="name" @click="name = 'coulombcore'">name</button>
    <button id="theme" @click="theme = theme ? undefined : 'dark'">theme</button>
    <button id="toggle" @click="shown = !shown">toggle</button>
    <button id="refresh" @click="widget.refresh()">refresh</button>
    <output id="heard">{{ heard.join(' ') }}</output>
    <ops-env v-if="shown" id="it" ref="widget" :name="name" :theme="theme" view-context="vue/host" :refresh="60"
      @ops-ready="hear" @ops-select="hear"><p>As served.</p></ops-env>
  </main>`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith("ops-");
app.mount("#app");
