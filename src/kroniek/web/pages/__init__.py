"""The pages of the workbench, one module for each; `kroniek.web` says how to add one."""
