using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Local.Ports;

/// <summary>
/// A TCP socket that is bound and never listens. .NET's own sockets cannot do this: they set SO_REUSEADDR before they bind,
/// and with it a bind succeeds beside another one that does not listen yet.
/// </summary>
internal sealed partial class NativeSocket : IDisposable
{
    private const int Inet = 2, Inet6 = 10, Stream = 1, CloseOnExec = 0x80000;
    private const int SocketLevel = 1, ReuseAddress = 2, IPv6Level = 41, IPv6Only = 26;
    private const int AddressInUse = 98;

    private int _descriptor;

    private NativeSocket(int descriptor, int port) => (_descriptor, Port) = (descriptor, port);

    public int Port { get; }

    /// <summary>Binds to a loopback address; null when somebody else is bound there.</summary>
    /// <param name="address">127.0.0.1 or ::1.</param>
    /// <param name="port">0 for any free port.</param>
    /// <param name="shared">Whether sockets that share the port, and connections that are still closing, are no obstacle.</param>
    public static NativeSocket? TryBind(IPAddress address, int port, bool shared)
    {
        var ipv6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var descriptor = Check(socket(ipv6 ? Inet6 : Inet, Stream | CloseOnExec, 0));
        if (ipv6)
        {
            Check(setsockopt(descriptor, IPv6Level, IPv6Only, 1, sizeof(int)));
        }

        Check(setsockopt(descriptor, SocketLevel, ReuseAddress, shared ? 1 : 0, sizeof(int)));
        var socketAddress = new IPEndPoint(address, port).Serialize();
        if (bind(descriptor, socketAddress.Buffer.Span, socketAddress.Size) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = close(descriptor);
            return error == AddressInUse ? null : throw new IOException($"Port {port} of {address} cannot be used: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        var length = socketAddress.Size;
        Check(getsockname(descriptor, socketAddress.Buffer.Span, ref length));
        return new NativeSocket(descriptor, BinaryPrimitives.ReadUInt16BigEndian(socketAddress.Buffer.Span[2..]));
    }

    /// <summary>Lets others that also share the port bind to it, and listen.</summary>
    public void Share() => Check(setsockopt(_descriptor, SocketLevel, ReuseAddress, 1, sizeof(int)));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _descriptor, -1) is >= 0 and var descriptor)
        {
            _ = close(descriptor);
        }
    }

    private static int Check(int result) => result >= 0
        ? result
        : throw new IOException($"A port cannot be reserved: {Marshal.GetLastPInvokeErrorMessage()}.");

    // https://man7.org/linux/man-pages/man7/socket.7.html
    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(int descriptor, int level, int option, in int value, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(int descriptor, ReadOnlySpan<byte> address, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockname(int descriptor, Span<byte> address, ref int length);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
