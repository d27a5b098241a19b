import "@mantine/core/styles.css";
import "@mantine/core/styles/default-css-variables.css";
import "./console.css";
import { MantineProvider, createTheme } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Inspector } from "./inspector/inspector.tsx";

const theme = createTheme({
  fontFamily: "system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, monospace",
  primaryColor: "indigo",
  defaultRadius: "xs",
  respectReducedMotion: true,
});

const root = document.querySelector("#root");
if (!root) throw new Error("the page has no element #root");
createRoot(root).render(
  <StrictMode>
    {/* The variables stand in the style sheet: the page's policy allows no style elements. */}
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <Inspector />
    </MantineProvider>
  </StrictMode>,
);
