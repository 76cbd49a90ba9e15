"""The register: decisions, issues, risks, goals and what else a project keeps."""
