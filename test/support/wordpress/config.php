<?php
// Settings of the WordPress that tests run: on a private database, and without a word to the outside.
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . WORDPRESS_SOCKET);
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', WORDPRESS_URL);
define('WP_SITEURL', WORDPRESS_URL);
define('WP_ENVIRONMENT_TYPE', 'local'); // else application passwords want https
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', dirname($_SERVER['SCRIPT_FILENAME']) . '/');
require_once ABSPATH . 'wp-settings.php';
