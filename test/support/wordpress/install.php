<?php
// Installs the site whose folder is the first argument, and prints an author's application password as JSON.
$site = $argv[1];
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_URI'] = '/';
define('ABSPATH', $site . '/');
define('WP_INSTALLING', true);
preg_match("/'WORDPRESS_SOCKET', '([^']+)'/", file_get_contents($site . '/wp-config.php'), $found);
(new mysqli(null, 'root', '', null, null, $found[1]))->query('create database wordpress character set utf8mb4');

function wp_new_blog_notification() {} // would send a mail

require $site . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Clean water', 'admin', 'admin@example.org', true, '', wp_generate_password());
switch_theme('plain');
update_option('permalink_structure', '/%year%/%monthnum%/%day%/%postname%/');
update_option('timezone_string', 'Asia/Baku');
flush_rewrite_rules();
wp_insert_term('News', 'category');
wp_insert_term('Events & campaigns', 'category');
$author = wp_insert_user([
	'user_login' => 'water_now',
	'user_pass' => wp_generate_password(),
	'user_email' => 'water@example.org',
	'display_name' => 'Water Now',
	'role' => 'author',
]);
[$password] = WP_Application_Passwords::create_new_application_password($author, ['name' => 'Clarion']);
echo json_encode([
	'username' => 'water_now',
	'applicationPassword' => WP_Application_Passwords::chunk_password($password),
]);
