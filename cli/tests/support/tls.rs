//! A server whose certificate nobody vouches for.

use std::sync::Arc;

/// Starts the server; gives its address.
pub async fn start() -> String {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(certified.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .expect("a server");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("https://localhost:{}/", listener.local_addr().expect("its address").port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // The other side breaks the handshake off.
            let _ = acceptor.accept(stream).await;
        }
    });
    address
}
