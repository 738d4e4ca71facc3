package io.miniplane.operator.metrics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Who may ask: the API server as a proxy, known by a certificate that its own authority vouches for.
 *
 * @param authority checks certificates of clients
 * @param names common names of which a certificate must have one; empty where any will do
 */
record FrontProxy(X509TrustManager authority, List<String> names) {

    /**
     * Reads the ConfigMap {@code kube-system/extension-apiserver-authentication}.
     *
     * @throws GeneralSecurityException when it does not say whom to trust
     */
    static FrontProxy from(Map<String, String> data) throws GeneralSecurityException {
        String authority = data.get("requestheader-client-ca-file");
        if (authority == null) {
            throw new CertificateException("the API server names no authority of front proxies:"
                    + " start it with --requestheader-client-ca-file and --proxy-client-cert-file");
        }
        return new FrontProxy(trust(authority), names(data.getOrDefault("requestheader-allowed-names", "[]")));
    }

    /** @throws CertificateException unless the client is the front proxy */
    void check(X509Certificate[] chain, String algorithm) throws CertificateException {
        authority.checkClientTrusted(chain, algorithm);
        if (!names.isEmpty() && !names.contains(commonName(chain[0]))) {
            throw new CertificateException("the certificate is not one of a front proxy");
        }
    }

    private static String commonName(X509Certificate certificate) throws CertificateException {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> "CN".equalsIgnoreCase(part.getType()))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            throw new CertificateException("the certificate has no readable subject", e);
        }
    }

    private static X509TrustManager trust(String pem) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("this JDK has no X.509 trust manager"));
        } catch (IOException e) {
            throw new CertificateException("the authority of front proxies can't be read", e);
        }
    }

    /** The names as a JSON list of strings. */
    private static List<String> names(String json) {
        return Arrays.stream(json.strip().replaceAll("^\\[|]$", "").split(","))
                .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
