import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Input.css";
import "./colours.css";
import "./base.css";
import "./theme.css";
import "./masthead.css";
import "./inspector/inspector.css";
import "./inspector/answer/answer.css";
import "./inspector/edit/edit.css";
import "./inspector/compare/compare.css";
import "./inspector/tour/tour.css";
import "./inspector/handbook/handbook.css";
import { createTheme, MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { LanguageProvider } from "./language/language-context.tsx";

const theme = createTheme({ respectReducedMotion: true });

const root = document.querySelector("#root");
if (!root) throw new Error("the page has no element #root");
createRoot(root).render(
  <StrictMode>
    {/* The variables stand in theme.css: the page's policy allows no style elements. */}
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
