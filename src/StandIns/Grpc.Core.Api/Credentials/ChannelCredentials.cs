namespace Grpc.Core;

/// <summary>How a channel is secured.</summary>
public abstract class ChannelCredentials
{
    /// <summary>Plain text.</summary>
    public static ChannelCredentials Insecure { get; } = new PlainText();

    /// <summary>TLS with the certificates that the system trusts.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SystemTls();

    /// <summary>A secured channel whose calls carry credentials.</summary>
    /// <param name="channelCredentials">How the channel is secured.</param>
    /// <param name="callCredentials">Who makes its calls.</param>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return new Composite(channelCredentials, callCredentials);
    }

    /// <summary>Tells a client implementation what these credentials are.</summary>
    /// <param name="configurator">The client's side.</param>
    /// <param name="state">What the configurator gets back.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);

    private sealed class PlainText : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetInsecureCredentials(state);
    }

    private sealed class SystemTls : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetSslCredentials(state, null, null, null);
    }

    private sealed class Composite(ChannelCredentials channel, CallCredentials call) : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetCompositeCredentials(state, channel, call);
    }
}

/// <summary>Takes what <see cref="ChannelCredentials"/> are; a client implementation derives from it.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Plain text.</summary>
    /// <param name="state">What the client passed.</param>
    public abstract void SetInsecureCredentials(object state);

    /// <summary>TLS.</summary>
    /// <param name="state">What the client passed.</param>
    /// <param name="rootCertificates">Trusted roots (PEM), or null for the system's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, or null.</param>
    /// <param name="verifyPeerCallback">A further check of the server's certificate, or null.</param>
    public abstract void SetSslCredentials(
        object state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>A secured channel whose calls carry credentials.</summary>
    /// <param name="state">What the client passed.</param>
    /// <param name="channelCredentials">How the channel is secured.</param>
    /// <param name="callCredentials">Who makes its calls.</param>
    public abstract void SetCompositeCredentials(object state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
