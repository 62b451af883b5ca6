namespace Delegation.Benchmarks.Gateway;

/// <summary>nginx with <c>grpc_pass</c> and connections to the service kept open, from a configuration in the temporary directory.</summary>
internal static class Nginx
{
    /// <summary>Starts it, or gives null where it is not installed.</summary>
    public static async Task<ServerProcess?> StartAsync(int servicePort, string folder, CancellationToken cancellation)
    {
        if (!await Installed.EnsureAsync("nginx", "nginx", cancellation))
            return null;

        var port = ServerProcess.FreePort();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(port, servicePort, folder), cancellation);
        return await ServerProcess.StartAsync(port, "nginx", ["-c", configuration, "-p", folder], null, cancellation);
    }

    // keepalive_requests is raised so that neither side reconnects in the middle of a measurement; everything else is as nginx has it.
    private static string Configuration(int port, int servicePort, string folder) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        worker_processes auto;
        error_log stderr crit;
        pid {{folder}}/nginx.pid;
        events { worker_connections 4096; }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            keepalive_requests 100000000;
            upstream service {
                server 127.0.0.1:{{servicePort}};
                keepalive 256;
                keepalive_requests 100000000;
            }
            server {
                listen 127.0.0.1:{{port}} http2;
                location / { grpc_pass grpc://service; }
            }
        }
        """;
}
