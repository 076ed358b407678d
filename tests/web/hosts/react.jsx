// A React application with a widget: attributes, properties, events, a method by reference.
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";

function Host() {
  const [name, setName] = useState("local");
  const [theme, setTheme] = useState();
  const [shown, setShown] = useState(true);
  const [heard, setHeard] = useState([]);
  const widget = useRef(null);
  const hear = (event) => setHeard((all) => [...all, event.type]);
  return (
    <main>
      <button id="name" onClick={() => setName("coulombcore")}>name</button>
      <button id="theme" onClick={() => setTheme(theme ? undefined : "dark")}>theme</button>
      <button id="toggle" onClick={() => setShown(!shown)}>toggle</button>
      <button id="refresh" onClick={() => widget.current.refresh()}>refresh</button>
      <output id="heard">{heard.join(" ")}</output>
      {shown && (
        <ops-env id="it" ref={widget} name={name} theme={theme} viewContext="react/host" refresh={60} onops-ready={hear} onops-select={hear}>
          <p>As served.</p>
        </ops-env>
      )}
    </main>
  );
}

createRoot(document.getElementById("app")).render(<Host />);
