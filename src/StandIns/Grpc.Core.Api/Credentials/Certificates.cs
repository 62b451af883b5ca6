namespace Grpc.Core;

/// <summary>A certificate and its private key.</summary>
/// <param name="certificateChain">The certificate chain (PEM).</param>
/// <param name="privateKey">The private key (PEM).</param>
public sealed class KeyCertificatePair(string certificateChain, string privateKey)
{
    /// <summary>The certificate chain (PEM).</summary>
    public string CertificateChain { get; } = certificateChain;

    /// <summary>The private key (PEM).</summary>
    public string PrivateKey { get; } = privateKey;
}

/// <summary>A further check of the server's certificate.</summary>
/// <param name="context">The server and its certificate.</param>
/// <returns>Whether to go on.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>The server and the certificate that it presents.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>The name that the client connects to.</summary>
    public string TargetName { get; }

    /// <summary>The server's certificate (PEM).</summary>
    public string PeerPem { get; }
}
