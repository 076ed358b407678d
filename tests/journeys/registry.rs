//! Evidence loop: a real container registry is verified, and the widget tells what was observed.

use std::{fs, net::TcpListener, path::Path, process::Stdio};

use anyhow::{Context, ensure};
use ops_e2e::{Browser, LocalHub, setting, until};
use serde_json::Value;
use tokio::process::{Child, Command};

use crate::PAGE;

const ENDPOINT: &str = "ops-endpoint-gitea-registry";

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_asks_for_a_login_is_in_order_and_one_that_is_gone_is_not() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let (address, mut registry) = registry(hub.folder()).await?;
    hub.register_catalog(&catalog_with(hub.folder(), &address)?).await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(ENDPOINT, &[&address, "unproven", "Not checked yet"]).await?;

    // An expected 401 with the registry's header is success, and reads as such.
    let output = hub.run(&["verify", "gitea-oci-registry"]).await?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("pass endpoint:gitea-oci-registry 401 in "), "{said}");
    browser.shows(ENDPOINT, &["401 is success here", "Docker-Distribution-Api-Version: registry/2.0"]).await?;
    assert_eq!(browser.standing(ENDPOINT).await?, "proven");

    registry.kill().await?;
    let output = hub.run(&["verify", "gitea-oci-registry"]).await?;
    assert_eq!(output.status.code(), Some(2));
    browser.shows(ENDPOINT, &["failing", "connect: "]).await?;
    assert_eq!(browser.standing(ENDPOINT).await?, "failing");
    browser.close().await
}

/// A registry with authentication on a free port of loopback; gives its address.
async fn registry(folder: &Path) -> anyhow::Result<(String, Child)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let config = folder.join("registry.yml");
    let (data, users) = (folder.join("registry"), folder.join("htpasswd"));
    // Nobody signs in; a file of users is what makes the registry ask.
    let text = format!(
        "version: 0.1\nlog: {{ level: error }}\nstorage: {{ filesystem: {{ rootdirectory: {} }} }}\n\
         http: {{ addr: 127.0.0.1:{port} }}\nauth: {{ htpasswd: {{ realm: test, path: {} }} }}\n",
        data.display(),
        users.display()
    );
    fs::write(&config, text)?;
    fs::write(&users, "")?;
    let process = Command::new(setting("DOCKER_REGISTRY")?)
        .arg("serve")
        .arg(config)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("the registry did not start")?;
    until("the registry to answer", || async {
        Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(()))
    })
    .await?;
    Ok((format!("http://127.0.0.1:{port}/v2/"), process))
}

/// The imported catalog with another address of the registry.
fn catalog_with(folder: &Path, address: &str) -> anyhow::Result<std::path::PathBuf> {
    let mut catalog: Value = serde_json::from_slice(&fs::read(setting("OPS_HUB_CATALOG")?)?)?;
    let entities = catalog["entities"].as_array_mut().context("no entities")?;
    let endpoint = entities.iter_mut().find(|entity| entity["ref"] == "endpoint:gitea-oci-registry");
    let facts = endpoint.and_then(|endpoint| endpoint["facts"].as_array_mut()).context("no endpoint")?;
    let fact = facts.iter_mut().find(|fact| fact["key"] == "address").context("no address")?;
    fact["value"] = address.into();
    let path = folder.join("catalog.json");
    fs::write(&path, catalog.to_string())?;
    Ok(path)
}
