//! Puts together what a browser asks for besides the page: one stylesheet, one script, one sheet of icons, the fonts, the mark
//! and the licences of what is not ours.
//!
//! Every file gets a fingerprint of its content in its name, so a browser may keep it for ever and still sees a new version at
//! once. Text is compressed here, one time and as hard as it goes, instead of at every request. The list of files is written as
//! Rust (`assets.rs` in `OUT_DIR`) and included by `src/kit/assets.rs`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// Icons taken from the design system. Our own icons (everything in `assets/icons/`) come on top.
const ICONS: &[&str] = &[
    "account",
    "analytics",
    "arrow-back",
    "arrow-forward",
    "assignment",
    "attach-file",
    "bookmark",
    "business",
    "calendar-month",
    "chat",
    "check",
    "checklist",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "close",
    "delete",
    "document",
    "download",
    "edit",
    "email",
    "error",
    "feedback",
    "file-excel",
    "flag",
    "forum",
    "groups",
    "help",
    "home",
    "hourglass",
    "how-to-reg",
    "info",
    "language",
    "link",
    "list-check",
    "location",
    "lock",
    "map",
    "menu",
    "minus",
    "more-horiz",
    "notifications",
    "open-in-new",
    "payments",
    "person",
    "person-add",
    "persons",
    "plus",
    "print",
    "refresh",
    "reply",
    "save",
    "science",
    "search",
    "send",
    "settings",
    "share",
    "smartphone",
    "sort-table-ascending",
    "sort-table-descending",
    "sort-table-none",
    "star",
    "student",
    "success",
    "summary",
    "support-agent",
    "sync",
    "time",
    "tune",
    "upload",
    "visibility",
    "visibility-off",
    "warning",
];

/// The two weights we ship. Each covers a range, so that the stylesheet of the design system can ask for 500 or 700 and gets
/// the nearest weight we have instead of a third and fourth file on a slow connection. The second column of files holds the
/// letters of other European languages and is only asked for when a page shows such a letter.
const FONTS: &[(&str, &str)] = &[("Regular", "100 499"), ("SemiBold", "500 900")];
const FONT_PARTS: &[(&str, &str)] = &[
    (
        "Latin1",
        "U+0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,\
         U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+FB01-FB02",
    ),
    ("Latin2", "U+100-130,U+132-151,U+154-24F,U+1E00-1EFF"),
];

/// Parts of the design system's stylesheet we never use: they need its script, or we have our own. A selector that names a
/// class beginning with one of these is left out, which halves what the browser has to read.
const UNUSED: &[&str] = &[
    "accordion",
    "alert-close",
    "badge",
    "card",
    "details",
    "function-link",
    "pagination",
    "skipnav",
    "structured-list",
    "table",
    "tag",
    "back-to-top",
    "breadcrumbs",
    "button-overflow-menu",
    "cookie",
    "date-picker",
    "faded",
    "fds-modal",
    "footer",
    "header",
    "icon-",
    "language-switcher",
    "main-menu",
    "mainmenu",
    "mobile-drawer",
    "modal",
    "nav-actions",
    "nav-primary",
    "navbar",
    "navigation-menu",
    "overflow-",
    "portal-",
    "search",
    "select-language",
    "sidemenu",
    "sidenav",
    "solution-",
    "spinner",
    "step-indicator",
    "tab-",
    "tabnav",
    "table-actions",
    "table-pagination",
    "table-selected",
    "toast",
    "toggle-switch",
    "tooltip",
    "w-percent",
];
/// Exceptions from [`UNUSED`]: names that only look alike.
const USED: &[&str] = &["icon-svg", "icon-link"];

/// The rule that limits the length of lines of text, and with it the width of our menus and lists.
const LINE_LENGTH: &str = "max-width:66ch";

/// Reads `node_modules` and `assets/`, writes the finished files and the Rust that embeds them.
pub fn build() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for watched in [
        "assets",
        "build",
        "build.rs",
        "package-lock.json",
        "node_modules/dkfds/package.json",
        "node_modules/htmx.org/package.json",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }

    let dkfds = here.join("node_modules/dkfds");
    let htmx = here.join("node_modules/htmx.org");
    for package in [&dkfds, &htmx] {
        if !package.join("package.json").is_file() {
            println!(
                "cargo::error=The front-end package {} is not installed. Run `make assets` in the root of the project, or `npm ci` in crates/web.",
                package.display()
            );
            std::process::exit(1);
        }
    }

    let own = here.join("assets");
    let mut bundle = Bundle::new(out);

    let mut faces = String::new();
    for (weight, range) in FONTS {
        for (part, unicode) in FONT_PARTS {
            let file = dkfds.join(format!(
                "dist/fonts/IBMPlexSans/split/woff2/IBMPlexSans-{weight}-{part}.woff2"
            ));
            let url = bundle.add(&format!("plex-{weight}-{part}").to_lowercase(), "woff2", &read(&file));
            let _ = write!(
                faces,
                "@font-face{{font-family:\"IBM Plex Sans\";font-style:normal;font-weight:{range};font-display:swap;\
                 src:url({url}) format(\"woff2\");unicode-range:{unicode}}}"
            );
            if *part == "Latin1" {
                bundle.name(
                    &format!("FONT_{}", weight.to_uppercase()),
                    &url,
                    "Address of a font every page needs at once.",
                );
            }
        }
    }

    let mut css = faces;
    prune(&text(&dkfds.join("dist/css/dkfds.min.css")), &mut css);
    let mut css = inline_images(&css, &dkfds.join("dist/css"));
    for sheet in ["app.css", "plan.css", "figures.css", "status.css"] {
        css.push_str(&squeeze(&text(&own.join(sheet))));
    }
    let css = bundle.add("app", "css", css.as_bytes());
    bundle.name("CSS", &css, "Address of the stylesheet.");

    // One file: the second script would cost a second request and could run before the first.
    let script = format!(
        "{}\n;\n{}",
        text(&htmx.join("dist/htmx.min.js")),
        text(&own.join("app.js"))
    );
    let script = bundle.add(
        "app",
        "js",
        script.replace("//# sourceMappingURL=htmx.min.js.map", "").as_bytes(),
    );
    bundle.name("JS", &script, "Address of the script.");

    let (sprite, names) = sprite(&dkfds.join("dist/img/svg-icons"), &own.join("icons"));
    let sprite = bundle.add("icons", "svg", sprite.as_bytes());
    bundle.name("ICONS", &sprite, "Address of the sheet of icons.");

    let mark = bundle.add("mark", "svg", &read(&own.join("mark.svg")));
    bundle.name("MARK", &mark, "Address of the mark of Tovholder.");

    let licences = format!(
        "Tovholder is licensed under the Mozilla Public License 2.0. It brings along parts made by others, under these licences.\n\n\
         ==== dkfds {} (Det Fælles Designsystem) ====\n\n{}\n\n==== IBM Plex Sans ====\n\n{}\n\n==== htmx {} ====\n\n{}\n",
        version(&dkfds),
        text(&dkfds.join("LICENSE.md")),
        text(&dkfds.join("dist/fonts/IBMPlexSans/split/woff2/license.txt")),
        version(&htmx),
        text(&htmx.join("LICENSE")),
    );
    bundle.add_as("licences.txt", "txt", licences.as_bytes());

    // For documents on paper: the same letters as on the screen, whole, in the format a PDF holds. No browser asks for them.
    for weight in ["Regular", "SemiBold"] {
        let file = dkfds.join(format!("src/fonts/IBMPlexSans/complete/ttf/IBMPlexSans-{weight}.ttf"));
        bundle.keep(
            &format!("PAPER_{}", weight.to_uppercase()),
            &format!("paper-{weight}.ttf"),
            &read(&file),
        );
    }

    bundle.finish(&names);
}

/// The finished files, and the Rust that lists them.
struct Bundle {
    out: PathBuf,
    names: String,
    files: String,
}

impl Bundle {
    fn new(out: PathBuf) -> Self {
        let dir = out.join("assets");
        fs::create_dir_all(&dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        Self {
            out: dir,
            names: String::new(),
            files: String::new(),
        }
    }

    /// Adds a file under a name with a fingerprint and answers with its address.
    fn add(&mut self, stem: &str, extension: &str, content: &[u8]) -> String {
        let mut fingerprint = String::new();
        for byte in &Sha256::digest(content)[..6] {
            let _ = write!(fingerprint, "{byte:02x}");
        }
        self.add_as(&format!("{stem}-{fingerprint}.{extension}"), extension, content)
    }

    fn add_as(&mut self, name: &str, extension: &str, content: &[u8]) -> String {
        let mime = match extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "txt" => "text/plain; charset=utf-8",
            "woff2" => "font/woff2",
            other => panic!("no content type known for .{other}"),
        };
        self.write(name, content);
        let (mut br, mut gzip) = ("None".to_owned(), "None".to_owned());
        // A font in this format is compressed already.
        if extension != "woff2" {
            // Hard compression takes seconds in a build for development, and this script runs at every change of a text. A
            // fingerprint in the name says that what lies there from the last time was made from the same content.
            let known = name.contains('-');
            for (ending, pack) in [("br", brotli as fn(&[u8]) -> Vec<u8>), ("gz", gzipped)] {
                let packed = format!("{name}.{ending}");
                if !(known && self.out.join(&packed).exists()) {
                    self.write(&packed, &pack(content));
                }
            }
            br = format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{name}.br\")))");
            gzip = format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{name}.gz\")))");
        }
        let _ = writeln!(
            self.files,
            "    File {{ name: {name:?}, mime: {mime:?}, plain: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{name}\")), br: {br}, gzip: {gzip} }},"
        );
        format!("/assets/{name}")
    }

    fn name(&mut self, constant: &str, url: &str, doc: &str) {
        let _ = writeln!(self.names, "/// {doc}\npub const {constant}: &str = {url:?};");
    }

    /// Puts a file into the binary without an address.
    fn keep(&mut self, constant: &str, name: &str, content: &[u8]) {
        self.write(name, content);
        let _ = writeln!(
            self.names,
            "/// The file `{name}`.\npub const {constant}: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{name}\"));"
        );
    }

    /// Writes beside the place and moves there, so that a build that is stopped leaves no half file behind.
    fn write(&self, name: &str, content: &[u8]) {
        let (path, half) = (self.out.join(name), self.out.join(format!("{name}.half")));
        fs::write(&half, content)
            .and_then(|()| fs::rename(&half, &path))
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }

    fn finish(self, icons: &[String]) {
        let rust = format!(
            "{}/// Names of all icons in the sheet, sorted.\npub const ICON_NAMES: &[&str] = &{icons:?};\n\nstatic FILES: &[File] = &[\n{}];\n",
            self.names, self.files
        );
        let path = self.out.with_file_name("assets.rs");
        fs::write(&path, rust).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

/// One sheet with a `<symbol>` for each icon.
fn sprite(theirs: &Path, ours: &Path) -> (String, Vec<String>) {
    let mut icons: Vec<(String, PathBuf)> = ICONS
        .iter()
        .map(|name| ((*name).to_owned(), theirs.join(format!("{name}.svg"))))
        .collect();
    for entry in fs::read_dir(ours).unwrap_or_else(|e| panic!("{}: {e}", ours.display())) {
        let path = entry.expect("a folder of our own can be read").path();
        if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
            icons.push((name.to_owned(), path.clone()));
        }
    }
    icons.sort();
    let mut sheet = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for (name, path) in &icons {
        let svg = text(path);
        let (head, body) = svg
            .split_once('>')
            .and_then(|(head, rest)| Some((head, rest.rsplit_once("</svg>")?.0)))
            .unwrap_or_else(|| panic!("{}: not an svg", path.display()));
        let view = head
            .split_once("viewBox=\"")
            .and_then(|(_, rest)| Some(rest.split_once('"')?.0))
            .unwrap_or_else(|| panic!("{}: no viewBox", path.display()));
        let _ = write!(
            sheet,
            "<symbol id=\"{name}\" viewBox=\"{view}\">{}</symbol>",
            body.trim()
        );
    }
    sheet.push_str("</svg>");
    (sheet, icons.into_iter().map(|(name, _)| name).collect())
}

/// Copies the rules of a minified stylesheet, without its fonts and without the parts named in [`UNUSED`].
fn prune(css: &str, out: &mut String) {
    let mut rest = css;
    while let Some(open) = rest.find(['{', ';']) {
        let prelude = &rest[..open];
        if rest.as_bytes()[open] == b';' {
            // `@charset` and the like: the answer's content type says it already.
            rest = &rest[open + 1..];
            continue;
        }
        let end = closing(rest, open);
        let body = &rest[open + 1..end];
        if prelude.starts_with("@media") || prelude.starts_with("@supports") {
            let mut inner = String::new();
            prune(body, &mut inner);
            if !inner.is_empty() {
                let _ = write!(out, "{prelude}{{{inner}}}");
            }
        } else if body == LINE_LENGTH {
            // Its selector is so long that nothing of ours could overrule it; `app.css` has a rule of its own.
        } else if !prelude.starts_with('@') {
            let kept: Vec<&str> = selectors(prelude)
                .into_iter()
                .filter(|selector| !unused(selector))
                .collect();
            if !kept.is_empty() {
                let _ = write!(out, "{}{{{body}}}", kept.join(","));
            }
        }
        rest = &rest[end + 1..];
    }
}

/// Where the block that opens at `open` ends.
fn closing(css: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in css.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    panic!(
        "a block of the stylesheet never ends: {}",
        &css[open..css.len().min(open + 80)]
    );
}

/// Splits a list of selectors at its commas, but not inside `:not(a,b)`.
fn selectors(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0_usize);
    for (at, byte) in list.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts
}

/// Whether a selector can only match something we never draw. What stands inside `:not(…)` does not count.
fn unused(selector: &str) -> bool {
    let mut depth = 0_usize;
    for (at, byte) in selector.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'.' if depth == 0 => {
                let class = &selector[at + 1..];
                if UNUSED.iter().any(|part| class.starts_with(part)) && !USED.iter().any(|part| class.starts_with(part))
                {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Puts the few small pictures the kept rules use into the stylesheet itself: each would otherwise be a request of its own.
fn inline_images(css: &str, base: &Path) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(../") {
        let end = at + rest[at..].find(')').expect("a minified url() is closed");
        let image = base.join(&rest[at + 4..end]);
        out.push_str(&rest[..at]);
        if image.extension().is_some_and(|extension| extension == "svg") {
            let mut encoded = String::new();
            for c in text(&image).trim().chars() {
                match c {
                    '"' => encoded.push('\''),
                    '#' => encoded.push_str("%23"),
                    '<' => encoded.push_str("%3C"),
                    '>' => encoded.push_str("%3E"),
                    '\n' => {}
                    other => encoded.push(other),
                }
            }
            let _ = write!(out, "url(\"data:image/svg+xml,{encoded}\")");
        } else {
            out.push_str("none");
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Takes comments and indentation out of our own stylesheet. It is written one declaration a line, without strings that hold
/// comments, so nothing cleverer is needed.
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |mut all, line| {
            all.push_str(line);
            // A selector list or a value may go on in the next line.
            if !line.ends_with(['{', '}', ';', ',']) {
                all.push(' ');
            }
            all
        })
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut packed, &settings).expect("writing to memory cannot fail");
    packed
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).expect("writing to memory cannot fail");
    packer.finish().expect("writing to memory cannot fail")
}

/// The version in a package's `package.json`, found without a reader for the whole format.
fn version(package: &Path) -> String {
    let json = text(&package.join("package.json"));
    json.split_once("\"version\"")
        .and_then(|(_, rest)| rest.split('"').nth(1))
        .unwrap_or_default()
        .to_owned()
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
