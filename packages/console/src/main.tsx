import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Input.css";
import "./theme.css";
import "./inspector/inspector.css";
import "./inspector/answer/answer.css";
import { createTheme, MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Inspector } from "./inspector/inspector.tsx";

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
      <Inspector />
    </MantineProvider>
  </StrictMode>,
);
