//! After whatever edit of the pages, a run that makes only what has changed leaves the crate that a
//! run makes which makes everything.

use std::fs;

use crate::areas;
use crate::project::Project;

/// Brings the crate to the pages, and checks that it is the one that is made without a cache.
fn regen(project: &Project, edit: &str) {
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(0), "{edit}: {}", ran.stderr);
    let check = project.run(&["regen", "--check", "--no-cache"]);
    assert_eq!(check.status, Some(0), "{edit}: {}", check.stderr);
}

#[test]
fn the_crate_is_as_it_would_be_made_anew() {
    let project = areas::project();
    let page = |name: &str| format!("docs-src/{name}.md");
    for (name, from, to) in [
        (
            "photo",
            "# photo resource type",
            "# photo resource type\n\nOne more line.",
        ),
        ("user", "The id.", "What the user is known by."),
        ("user", "| id       | String", "| name     | String"),
        ("frame", "# frame resource type", "# border resource type"),
        ("portrait", "[frame](frame.md) |", "[border](frame.md) |"),
        ("portrait", "Inherits from [photo](photo.md).", ""),
        (
            "portrait",
            "A photo of somebody.",
            "A photo. Inherits from [notice](notice.md).",
        ),
        (
            "tone",
            "| stern  | 1     | As a clerk. |",
            "| firm   | 1     | As a friend, but not so. |",
        ),
        ("tone", "# tone enum type", "# manner enum type"),
        ("group-invite", "[tone](tone.md)", "[manner](tone.md)"),
        (
            "group-invite",
            "| user      | String",
            "| user      | [user](user.md)",
        ),
        (
            "group-invite",
            "POST /groups/{id}/invite",
            "POST /groups/{id}/ask",
        ),
        (
            "photo-get",
            "| Application                        | Photo.Read  |",
            "| Application | Photo.Read.All |",
        ),
        ("photo-get", "# Get photo", "# Read photo"),
        (
            "photo-get",
            "GET /groups/{id}/photo\n",
            "GET /groups/{id}/photo\nGET /teams/{id}/photo\n",
        ),
        (
            "photo-get",
            "[photo](photo.md) object",
            "[portrait](portrait.md) object",
        ),
    ] {
        project.edit(&page(name), from, to);
        regen(&project, to);
    }

    // Where a page comes or goes, all behind it have other numbers.
    let notice = fs::read(project.path(&page("notice"))).unwrap();
    fs::remove_file(project.path(&page("notice"))).unwrap();
    project.edit(&page("portrait"), " Inherits from [notice](notice.md).", "");
    regen(&project, "a page less");
    project.write(&page("a-first"), &notice);
    regen(&project, "a page more");
    let renamed = project.path(&page("z-last"));
    fs::rename(project.path(&page("a-first")), renamed).unwrap();
    regen(&project, "a page of another name");
    project.edit("docwright.toml", "areas = true", "areas = false");
    regen(&project, "areas = false");
}

#[test]
fn the_examples_are_as_they_would_be_made_anew() {
    let project = Project::of_this_repository();
    regen(&project, "none");
    let update = "docs-src/api/profilephoto-update.md";
    let resource = "docs-src/resources/profilephoto.md";
    for (page, from, to) in [
        (
            update,
            "Example 1: Put a new photo",
            "Example 1: Put another photo",
        ),
        (
            update,
            "photo/$value\nContent-type: image/jpeg\n\nThe bytes",
            "photo/$value\nContent-type: image/jpeg\n\nOther bytes",
        ),
        (
            update,
            "The photo has changed.",
            "Somebody has changed the photo.",
        ),
        (update, "PUT /groups/{id}/photo/$value\n", ""),
        (update, "# Update profilePhoto", "# Replace profilePhoto"),
        (update, "*Group.ReadWrite.All*", "*Group.ReadWrite.Some*"),
        (resource, "| width    | Int32", "| width    | Int64"),
        (resource, "\"width\": 1024", "\"width\": 10240"),
    ] {
        project.edit(page, from, to);
        regen(&project, to);
    }
}
